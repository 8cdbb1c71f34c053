/** What the help explains, and how its pages hang together. The sentences are in words.ts. */
import { waysOut } from "../identities/identities.ts";
import { shownRules } from "../passwords/passwords.ts";
import type { Language } from "../platform/language/language.ts";
import { recoveryLetters, smsSends } from "../platform/throttle/budgets.ts";
import type { ViewPortal } from "../platform/web/view.ts";
import type { PolicyValues } from "../policies/policies.ts";
import type { Settings } from "../settings.ts";

/** Every page below /help, in the order in which a person in trouble looks for it. */
export const topicIds = [
  "invited",
  "by-letter",
  "control-string",
  "by-code",
  "by-phone",
  "no-letter",
  "outdated",
  "forgot-login",
  "no-mailbox",
  "support",
  "social",
  "portals",
  "change",
  "change-email",
  "change-phone",
  "keep-password",
  "security",
] as const;

export type TopicId = (typeof topicIds)[number];

/** True for the name of a help page. */
export function isTopic(name: string): name is TopicId {
  return topicIds.some((id) => id === name);
}

/** What the sentences need to know about this installation. */
export interface HelpFacts {
  readonly style: ViewPortal["style"];
  readonly linkLifetimeMs: number;
  readonly codeLifetimeMs: number;
  /** What a new password of the reader needs: characters, and whatever else their policy asks for. */
  readonly shortestPassword: number;
  readonly passwordRules: readonly string[];
  /** After how many days it has to be changed; 0: never. */
  readonly passwordDays: number;
  readonly lettersPerHour: number;
  readonly lettersPerDay: number;
  /** Whether codes are sent by SMS here. */
  readonly sms: boolean;
  readonly smsPerHour: number;
  readonly smsPerDay: number;
  /** The one address that all letters come from. */
  readonly sender: string;
  /** Where the links of letters lead, as one reads it in the browser: id.company.ru. */
  readonly host: string;
  readonly adminContact: string | undefined;
  /** Whether people may come in through outside services here. */
  readonly services: boolean;
  /** Whether there is a desk for who has neither mailbox nor phone; else the administrator helps. */
  readonly desk: boolean;
}

/** `policy`: what holds for the reader, or for «Все» where nobody is signed in. */
export function helpFacts(
  settings: Settings,
  portal: ViewPortal,
  { policy, language }: { policy: PolicyValues; language: Language },
): HelpFacts {
  const { minimum, more } = shownRules(policy, language);
  return {
    style: portal.style,
    linkLifetimeMs: policy.linkMinutes * 60_000,
    shortestPassword: minimum,
    passwordRules: more.map(({ text }) => text),
    passwordDays: policy.passwordMaxDays,
    codeLifetimeMs: settings.recoveryCodeLifetimeMs,
    lettersPerHour: recoveryLetters.windows[1][0],
    lettersPerDay: recoveryLetters.windows[2][0],
    sms: settings.smsReady && portal.channels.includes("sms"),
    smsPerHour: smsSends.windows[1][0],
    smsPerDay: smsSends.windows[2][0],
    sender: settings.mailFrom.address,
    host: new URL(settings.publicUrl).host,
    adminContact: portal.adminContact,
    services: waysOut(settings).length > 0,
    desk: portal.channels.includes("desk"),
  };
}

/** Where the button of a page leads. */
export const waysOn = {
  recover: "/recovery",
  remind: "/recovery/login",
  signIn: "/sign-in",
  myPage: "/me",
  support: "/help/support",
  desk: "/support",
} as const;

export type WayOn = keyof typeof waysOn;

/** The button of each page, and which pages help next. */
export const topics: Readonly<Record<TopicId, { wayOn: WayOn; next: readonly TopicId[] }>> = {
  invited: { wayOn: "signIn", next: ["keep-password", "no-letter", "social"] },
  "by-letter": {
    wayOn: "recover",
    next: ["by-code", "no-letter", "outdated", "no-mailbox", "keep-password"],
  },
  "control-string": { wayOn: "recover", next: ["no-letter", "outdated", "no-mailbox", "keep-password"] },
  "by-code": { wayOn: "recover", next: ["by-letter", "no-letter", "no-mailbox"] },
  "by-phone": { wayOn: "recover", next: ["no-letter", "no-mailbox", "forgot-login"] },
  "no-letter": { wayOn: "recover", next: ["forgot-login", "no-mailbox", "security"] },
  outdated: { wayOn: "recover", next: ["no-letter", "security", "support"] },
  "forgot-login": { wayOn: "remind", next: ["no-mailbox", "support"] },
  "no-mailbox": { wayOn: "support", next: ["by-phone", "forgot-login", "social"] },
  support: { wayOn: "recover", next: ["no-mailbox", "forgot-login", "social"] },
  social: { wayOn: "recover", next: ["by-letter", "control-string", "no-mailbox"] },
  portals: { wayOn: "myPage", next: ["security", "change", "by-letter", "control-string"] },
  change: { wayOn: "myPage", next: ["change-email", "change-phone", "by-letter", "control-string"] },
  "change-email": { wayOn: "myPage", next: ["change", "change-phone", "no-letter", "security"] },
  "change-phone": { wayOn: "myPage", next: ["change", "change-email", "security"] },
  "keep-password": { wayOn: "signIn", next: ["change", "security"] },
  security: { wayOn: "recover", next: ["outdated", "keep-password", "support"] },
};

/** The button of a page here: where there is a desk, it leads straight there. */
export function wayOnOf(id: TopicId, { desk }: Pick<HelpFacts, "desk">): WayOn {
  return desk && (id === "support" || topics[id].wayOn === "support") ? "desk" : topics[id].wayOn;
}

/** The way back in that this installation offers first. */
export function mainWay(style: HelpFacts["style"]): TopicId {
  return style === "control-string" ? "control-string" : "by-letter";
}

/** True for a way that belongs to the other style: it is explained too, but not offered here. */
export function isElsewhere(id: TopicId, style: HelpFacts["style"]): boolean {
  const ways = { passport: ["control-string"], "control-string": ["by-letter", "by-code"] } as const;
  return ways[style].some((way) => way === id);
}
