import type { HtmlEscapedString } from "hono/utils/html";
import type { Language } from "../language/language.ts";

/**
 * A piece of a page whose values are already escaped. Pages wait for nothing, so it is never a promise in
 * practice.
 */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What every page needs to draw itself; made once per request and handed to the page functions. */
export interface View {
  readonly language: Language;
  /** The language was picked in this browser, so it goes before the one of the person's account. */
  readonly languageChosen: boolean;
  /** The person's choice, else what the device prefers. */
  readonly theme: "auto" | "light" | "dark";
  /** Path and query of this page without `lang`, for the language switch. */
  readonly path: string;
  /** The portal that the person is on the way to, or the installation itself. */
  readonly portal: ViewPortal;
  /** The fallback against forged forms; goes into every form as a hidden field. */
  formToken(): string;
  readonly timeZone: string;
  readonly now: number;
  /** Where the browser finds a style, script or font of `client/` by its name. */
  readonly assets: { url(name: string): string };
  /** Where an address is, roughly; for `addressWithPlace`. */
  readonly places: { placeOf(address: string, language: Language): string | undefined };
  /** Who is signed in here; null on pages for strangers. */
  readonly signedIn: SignedIn | null;
}

/** What pages show of a portal; `Portal` of the registry has it all. */
export interface ViewPortal {
  readonly id: string;
  /** The installation itself. */
  readonly isDefault: boolean;
  /** Stands in the header and the title. */
  readonly name: string;
  /** Names the picture below /look/logo; null: the mark stands in its place. */
  readonly logo: string | null;
  /** Of the accent; null: petrol. */
  readonly hue: number | null;
  readonly style: "passport" | "control-string";
  /** What stands on the button that asks for the message. */
  readonly button: "next" | "send";
  /** The ways to recover that it offers. */
  readonly channels: readonly ("letter" | "sms" | "desk")[];
  readonly remindsLogin: boolean;
  readonly adminContact: string | undefined;
}

/** As the header shows them. */
export interface SignedIn {
  readonly name: string;
  /** Names the photo below /me/photo; null: initials stand in its place. */
  readonly photo: string | null;
  /** The way to the console stands in their menu. */
  readonly isStaff?: boolean;
}
