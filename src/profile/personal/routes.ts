import { Hono } from "hono";
import { judgePersonalData, type PersonalData, photoNamed } from "../../accounts/accounts.ts";
import { passwordChangedAt } from "../../passwords/passwords.ts";
import { languages } from "../../platform/language/language.ts";
import { waitingTime } from "../../platform/language/times.ts";
import { createPictureMaker, MOST_BYTES } from "../../platform/pictures/pictures.ts";
import type { WebContext, WebEnv } from "../../platform/web/context.ts";
import type { FieldProblem } from "../../platform/web/fields.ts";
import { readForm } from "../../platform/web/form-body.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import { readUpload } from "../../platform/web/upload.ts";
import type { Html } from "../../platform/web/view.ts";
import type { ProfileTools } from "../tools.ts";
import { personHere, sessionHere, visitorHere } from "../visitor.ts";
import { editPage } from "./pages.ts";
import {
  changePersonalData,
  changePhoto,
  type PersonalTools,
  type PhotoChange,
  personalDataOf,
  removePhoto,
} from "./personal.ts";
import { words } from "./words.ts";

type Tools = ProfileTools & PersonalTools;

const YEAR_MS = 365 * 86_400_000;

/** «Редактировать профиль» and the photos, below /me. */
export function personalRoutes(given: ProfileTools): Hono<WebEnv> {
  const tools = { ...given, makePhoto: createPictureMaker("photo") };
  return new Hono<WebEnv>()
    .get("/edit", async (c) => c.html(await draw(tools, c)))
    .post("/edit", (c) => takeData(tools, c))
    .post("/photo", (c) => takePhoto(tools, c))
    .post("/photo/remove", async (c) => {
      await removePhoto(tools, sessionHere(c).account_id, visitorHere(c));
      return c.redirect("/me/edit", 303);
    })
    .get("/photo/:hash", async (c) => {
      const bytes = await photoNamed(tools.store.read, c.req.param("hash"));
      if (!bytes) throw new Refusal(404);
      return c.body(new Uint8Array(bytes), 200, {
        "Content-Type": "image/webp",
        "Cache-Control": "private, max-age=31536000, immutable",
      });
    });
}

async function takeData(tools: Tools, c: WebContext): Promise<Response> {
  const sent = await readForm(c);
  const say = words[c.get("view").language];
  const language = sent.text("language");
  const data: PersonalData = {
    name: sent.text("name"),
    position: sent.text("position"),
    department: sent.text("department"),
    language: languages.find((each) => each === language) ?? null,
    timeZone: sent.text("time_zone") || null,
  };
  const problems = judgePersonalData(data).map((field): FieldProblem => {
    if (field === "timeZone") return { field: "time_zone", text: say.fromList };
    return { field, text: data[field].trim() === "" ? say.emptyName : say.plain };
  });
  if (language !== "" && data.language === null) problems.push({ field: "language", text: say.fromList });
  if (problems.length > 0) return c.html(await draw(tools, c, { data, problems }), 422);
  await changePersonalData(tools, sessionHere(c).account_id, data, visitorHere(c));
  // What was picked in this browser before would hide the choice just made.
  if (data.language) tools.cookies.write(c, "lang", data.language, YEAR_MS);
  else tools.cookies.remove(c, "lang");
  return c.redirect("/me?saved", 303);
}

async function takePhoto(tools: Tools, c: WebContext): Promise<Response> {
  const upload = await readUpload(c, "photo", MOST_BYTES);
  if (upload.kind !== "file") return refusePhoto(tools, c, upload);
  const change = await changePhoto(tools, sessionHere(c).account_id, upload.bytes, visitorHere(c));
  return change.kind === "changed" ? c.redirect("/me/edit", 303) : refusePhoto(tools, c, change);
}

type NoPhoto = Exclude<PhotoChange, { kind: "changed" }> | { kind: "none" } | { kind: "too-large" };

async function refusePhoto(tools: Tools, c: WebContext, refused: NoPhoto): Promise<Response> {
  const { language, now } = c.get("view");
  const say = words[language].refused;
  if (refused.kind !== "throttled") {
    const problem = { field: "photo", text: say[refused.kind] };
    return c.html(await draw(tools, c, { problems: [problem] }), 422);
  }
  const waitMs = Math.max(1_000, refused.retryAt - now);
  c.header("Retry-After", String(Math.ceil(waitMs / 1_000)));
  const problem = { field: "photo", text: say.throttled(waitingTime(waitMs, language)) };
  return c.html(await draw(tools, c, { problems: [problem] }), 429);
}

async function draw(
  tools: Tools,
  c: WebContext,
  shown: { data?: PersonalData; problems?: readonly FieldProblem[] } = {},
): Promise<Html> {
  const person = await personHere(tools, c);
  return editPage(c.get("view"), {
    person,
    passwordChangedAt: await passwordChangedAt(tools.store.read, person.account.id),
    inBox: c.get("view").portal.style === "control-string",
    data: personalDataOf(person),
    usualZone: tools.settings.timeZone,
    problems: [],
    ...shown,
  });
}
