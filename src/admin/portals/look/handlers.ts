/** The list of portals, and what one looks like. */
import { MOST_BYTES, type PictureMaker, type PictureOutcome } from "../../../platform/pictures/pictures.ts";
import type { WebContext } from "../../../platform/web/context.ts";
import type { FieldProblem } from "../../../platform/web/fields.ts";
import { readForm } from "../../../platform/web/form-body.ts";
import { Refusal } from "../../../platform/web/refusals.ts";
import { readUpload, type Upload } from "../../../platform/web/upload.ts";
import { changePortal, keepLogo, type PortalWish, wishOf } from "../../../portal-registry/portal-registry.ts";
import type { AdminTools } from "../../handling.ts";
import { type At, portalAt, portalStaff } from "../at.ts";
import { lookIn, problemsOf } from "../form.ts";
import { listPage } from "../list/pages.ts";
import { addressOf } from "../pages.ts";
import { words } from "../words.ts";
import { lookPage } from "./pages.ts";

export function showPortals(tools: AdminTools, c: WebContext): Response | Promise<Response> {
  const actor = portalStaff(c, "portals");
  const archived = c.req.query("archived")?.slice(0, 60);
  return c.html(listPage(c.get("view"), actor, tools.portals.all(), archived));
}

export function showLook(tools: AdminTools, c: WebContext): Response | Promise<Response> {
  const at = portalAt(tools, c, "portals");
  return c.html(draw(tools, c, at, { wish: wishOf(at.portal), saved: c.req.query("saved") !== undefined }));
}

export async function takeLook(tools: AdminTools, c: WebContext): Promise<Response> {
  const at = portalAt(tools, c, "portals");
  const look = lookIn(await readForm(c), at.portal, tools.portals.defaultPortal());
  const wish = { ...wishOf(at.portal), ...look };
  const outcome = await changePortal(tools, at.portal.id, wish, at.by);
  switch (outcome.kind) {
    case "changed":
      return c.redirect(`${addressOf(at.portal)}?saved`, 303);
    case "unknown":
      throw new Refusal(404);
    case "refused": {
      const problems = problemsOf(outcome.faults, c.get("view").language);
      return c.html(draw(tools, c, at, { wish, problems }), 422);
    }
  }
}

export async function takeLogo(tools: AdminTools, c: WebContext, make: PictureMaker): Promise<Response> {
  const at = portalAt(tools, c, "portals");
  const upload = await readUpload(c, "logo", MOST_BYTES);
  const made: PictureOutcome | Exclude<Upload, { kind: "file" }> =
    upload.kind === "file" ? await make(upload.bytes) : upload;
  if (made.kind !== "made") {
    const problem = { field: "logo", text: words[c.get("view").language].refusedLogo[made.kind] };
    return c.html(draw(tools, c, at, { wish: wishOf(at.portal), problems: [problem] }), 422);
  }
  await keepLogo(tools, at.portal.id, made.bytes, at.by);
  return c.redirect(`${addressOf(at.portal)}?saved`, 303);
}

export async function removeLogo(tools: AdminTools, c: WebContext): Promise<Response> {
  const at = portalAt(tools, c, "portals");
  await keepLogo(tools, at.portal.id, null, at.by);
  return c.redirect(`${addressOf(at.portal)}?saved`, 303);
}

function draw(
  { portals, settings }: AdminTools,
  c: WebContext,
  { actor, portal }: At,
  shown: { wish: PortalWish; saved?: boolean; problems?: readonly FieldProblem[] },
) {
  const byDefault = portals.defaultPortal();
  const fromSettings = {
    name: settings.portalName,
    style: settings.recoveryStyle,
    button: "next",
    remindsLogin: true,
    adminContact: settings.adminContact,
    senderName: byDefault.own.name ?? settings.mailFrom.name,
  } as const;
  return lookPage(c.get("view"), actor, {
    portal,
    byDefault,
    open: portal.isDefault ? fromSettings : { ...byDefault, senderName: portal.name },
    mailFrom: settings.mailFrom.address,
    saved: false,
    problems: [],
    ...shown,
  });
}
