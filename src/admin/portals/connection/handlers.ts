/** What lets a program in as people: adding a portal, its addresses, its secret, its end. Owners alone. */
import type { WebContext } from "../../../platform/web/context.ts";
import type { FieldProblem } from "../../../platform/web/fields.ts";
import { readForm } from "../../../platform/web/form-body.ts";
import { Refusal } from "../../../platform/web/refusals.ts";
import {
  addPortal,
  archivePortal,
  changePortal,
  endPreviousSecret,
  type PortalWish,
  plainWish,
  rotateSecret,
  wishOf,
} from "../../../portal-registry/portal-registry.ts";
import { type AdminTools, proofWanted } from "../../handling.ts";
import { type At, otherPortalAt, portalStaff } from "../at.ts";
import { type Checked, checkPortal } from "../check/check.ts";
import { clientsPage } from "../clients/pages.ts";
import { connectionIn, problemsOf } from "../form.ts";
import { addressOf } from "../pages.ts";
import { words } from "../words.ts";
import * as pages from "./pages.ts";

type Answer = Response | Promise<Response>;

const RIGHT = "portal-connection";

export async function showNew(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = portalStaff(c, RIGHT);
  return (await proofWanted(tools, c)) ?? c.html(pages.newPage(c.get("view"), actor, plainWish));
}

export async function takeNew(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = portalStaff(c, RIGHT);
  const proof = await proofWanted(tools, c);
  if (proof) return proof;
  const view = c.get("view");
  const sent = await readForm(c);
  const name = sent.text("name").normalize("NFC").trim().slice(0, 200) || null;
  const wish = { ...plainWish, ...connectionIn(sent), name };
  const outcome = await addPortal(tools, wish, { actor: actor.id, address: actor.address });
  switch (outcome.kind) {
    case "added":
      return c.html(pages.secretPage(view, actor, outcome.portal, outcome.secret));
    case "refused":
      return c.html(pages.newPage(view, actor, wish, problemsOf(outcome.faults, view.language)), 422);
  }
}

export function showConnection(tools: AdminTools, c: WebContext): Answer {
  const at = otherPortalAt(tools, c, RIGHT);
  const say = words[c.get("view").language];
  const saved = { saved: say.saved, ended: say.connection.ended }[c.req.query("done") ?? ""];
  return c.html(draw(tools, c, at, { wish: wishOf(at.portal), saved }));
}

export async function takeConnection(tools: AdminTools, c: WebContext): Promise<Response> {
  const at = otherPortalAt(tools, c, RIGHT);
  const proof = await proofWanted(tools, c);
  if (proof) return proof;
  const wish = { ...wishOf(at.portal), ...connectionIn(await readForm(c)) };
  const outcome = await changePortal(tools, at.portal.id, wish, at.by);
  switch (outcome.kind) {
    case "changed":
      return c.redirect(`${addressOf(at.portal, "connection")}?done=saved`, 303);
    case "unknown":
      throw new Refusal(404);
    case "refused":
      return c.html(
        draw(tools, c, at, { wish, problems: problemsOf(outcome.faults, c.get("view").language) }),
        422,
      );
  }
}

export async function takeCheck(tools: AdminTools, c: WebContext): Promise<Response> {
  const at = otherPortalAt(tools, c, RIGHT);
  const secret = (await readForm(c)).text("secret").trim().slice(0, 200);
  const checked = await checkPortal(tools, at, secret);
  return c.html(draw(tools, c, at, { wish: wishOf(at.portal), checked }));
}

export function showClients(tools: AdminTools, c: WebContext): Answer {
  const { actor, portal } = otherPortalAt(tools, c, RIGHT);
  return c.html(clientsPage(c.get("view"), actor, portal, tools.settings.publicUrl));
}

export async function showSecret(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, portal } = otherPortalAt(tools, c, RIGHT);
  return (await proofWanted(tools, c)) ?? c.html(pages.askSecretPage(c.get("view"), actor, portal));
}

export async function takeSecret(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, portal, by } = otherPortalAt(tools, c, RIGHT);
  const proof = await proofWanted(tools, c);
  if (proof) return proof;
  const outcome = await rotateSecret(tools, portal.id, by);
  switch (outcome.kind) {
    case "rotated":
      return c.html(pages.secretPage(c.get("view"), actor, portal, outcome.secret));
    case "public":
      return c.html(pages.secretPage(c.get("view"), actor, portal, null));
    case "unknown":
      throw new Refusal(404);
  }
}

export async function endSecret(tools: AdminTools, c: WebContext): Promise<Response> {
  const { portal, by } = otherPortalAt(tools, c, RIGHT);
  const proof = await proofWanted(tools, c);
  if (proof) return proof;
  await endPreviousSecret(tools, portal.id, by);
  return c.redirect(`${addressOf(portal, "connection")}?done=ended`, 303);
}

export async function showArchive(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, portal } = otherPortalAt(tools, c, RIGHT);
  return (await proofWanted(tools, c)) ?? c.html(pages.archivePage(c.get("view"), actor, portal));
}

export async function takeArchive(tools: AdminTools, c: WebContext): Promise<Response> {
  const { portal, by } = otherPortalAt(tools, c, RIGHT);
  const proof = await proofWanted(tools, c);
  if (proof) return proof;
  await archivePortal(tools, portal.id, by);
  return c.redirect(`/admin/portals?archived=${encodeURIComponent(portal.name)}`, 303);
}

function draw(
  { settings }: AdminTools,
  c: WebContext,
  { actor, portal }: At,
  shown: {
    wish: PortalWish;
    saved?: string | undefined;
    checked?: Checked;
    problems?: readonly FieldProblem[];
  },
) {
  return pages.connectionPage(c.get("view"), actor, {
    portal,
    issuer: settings.publicUrl,
    saved: undefined,
    checked: undefined,
    problems: [],
    ...shown,
  });
}
