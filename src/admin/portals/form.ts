/** What the forms of a portal hold, and what is said of a wish that cannot be kept. */
import type { Language } from "../../platform/language/language.ts";
import type { FieldProblem } from "../../platform/web/fields.ts";
import type { Form } from "../../platform/web/form-body.ts";
import type { Portal, PortalFault, PortalWish } from "../../portal-registry/portal-registry.ts";
import { words } from "./words.ts";

const LONGEST = 1_100;

function text(sent: Form, name: string): string | null {
  return sent.text(name).normalize("NFC").trim().slice(0, LONGEST) || null;
}

function lines(sent: Form, name: string): string[] {
  return sent
    .text(name)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** A value of the list, or null for whatever else was sent. */
function oneOf<Value extends string>(sent: Form, name: string, values: readonly Value[]): Value | null {
  return values.find((value) => value === sent.text(name)) ?? null;
}

/** Name, look, recovery and letters. */
export function lookIn(sent: Form, portal: Portal, byDefault: Portal): Partial<PortalWish> {
  const ticked = (["letter", "sms", "desk"] as const).filter((name) => sent.ticked(`channel_${name}`));
  const followed = portal.isDefault ? (["letter", "sms", "desk"] as const) : byDefault.channels;
  // What the installation does without a word is not one of its words.
  const reminds = oneOf(sent, "remindsLogin", portal.isDefault ? ["off"] : ["on", "off"]);
  const hue = sent.text("hue").trim();
  return {
    name: text(sent, "name"),
    hue: sent.ticked("ownHue") ? (/^\d{1,3}$/.test(hue) ? Number(hue) : -1) : null,
    style: oneOf(sent, "style", ["passport", "control-string"]),
    button: oneOf(sent, "button", portal.isDefault ? ["send"] : ["next", "send"]),
    channels: ticked.join() === followed.join() ? null : ticked,
    remindsLogin: reminds === null ? null : reminds === "on",
    adminContact: text(sent, "adminContact"),
    senderName: text(sent, "senderName"),
  };
}

/** Addresses, and how the portal proves itself. */
export function connectionIn(sent: Form): Partial<PortalWish> {
  return {
    redirectUris: lines(sent, "redirectUris"),
    postLogoutRedirectUris: lines(sent, "postLogoutRedirectUris"),
    homeUrl: text(sent, "homeUrl"),
    initiateLoginUri: text(sent, "initiateLoginUri"),
    backchannelLogoutUri: text(sent, "backchannelLogoutUri"),
    authMethod: oneOf(sent, "authMethod", ["client_secret_post", "none"] as const) ?? "client_secret_basic",
    isForeign: sent.ticked("isForeign"),
  };
}

/** One sentence by the field for each fault; of several addresses it names the one. */
export function problemsOf(faults: readonly PortalFault[], language: Language): FieldProblem[] {
  const say = words[language].problems;
  return faults.map(({ field, kind, value, instead }) => {
    const sentence = sentenceFor(say, { field, kind, instead });
    return { field, text: value === undefined ? sentence : `${value.slice(0, 80)} — ${sentence}` };
  });
}

function sentenceFor(
  say: (typeof words)["ru"]["problems"],
  { field, kind, instead }: Pick<PortalFault, "field" | "kind"> & { instead: string | undefined },
): string {
  switch (kind) {
    case "missing":
      return field === "name" ? say.missing.name : say.missing.redirectUris;
    case "spelling":
      return say.spelling(instead ?? "");
    case "too-long":
    case "not-plain":
    case "too-many":
    case "none-left":
    case "range":
    case "not-an-address":
    case "scheme":
    case "not-https":
    case "wildcard":
    case "fragment":
    case "user":
      return say[kind];
  }
}
