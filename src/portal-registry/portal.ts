/** A portal as everybody reads it: the row, with what it leaves open filled in. */
import type { Settings } from "../settings.ts";
import type { PortalRow } from "./rows.ts";

/** The ways to recover that a portal may offer. */
export const channels = ["letter", "sms", "desk"] as const;
export type Channel = (typeof channels)[number];

export interface Portal {
  /** Also the `client_id`. */
  readonly id: string;
  readonly isDefault: boolean;
  readonly name: string;
  readonly homeUrl: string | null;
  /** Names the picture below /look/logo; null: initials stand in its place. */
  readonly logo: string | null;
  /** Of the accent, 0 to 359; null: petrol. */
  readonly hue: number | null;
  readonly style: "passport" | "control-string";
  /** What stands on the button that asks for the message: «Далее» or «Выслать». */
  readonly button: "next" | "send";
  readonly channels: readonly Channel[];
  /** Whether the letter that lists forgotten logins is offered. */
  readonly remindsLogin: boolean;
  readonly adminContact: string | undefined;
  /** The name in From. */
  readonly senderName: string;
  readonly access: "all" | "listed";
  /** Somebody else's: the person is asked before anything is told to it. */
  readonly isForeign: boolean;
  readonly client: Client;
  readonly updatedAt: number;
  /** The row as it stands, for the page that edits it. */
  readonly own: PortalRow;
}

/** What the protocol needs to know. */
export interface Client {
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly backchannelLogoutUri: string | null;
  readonly initiateLoginUri: string | null;
  readonly authMethod: PortalRow["auth_method"];
  /** SHA-256 in hex of the secrets that open: the present one, and during a rotation the one before. */
  readonly secretHashes: readonly string[];
}

export type PortalSettings = Pick<Settings, "portalName" | "adminContact" | "recoveryStyle" | "mailFrom">;

/** Fills in what the row leaves open: from the default portal, and there from the settings. */
export function readPortal(settings: PortalSettings, row: PortalRow, byDefault?: Portal): Portal {
  const listed = row.channels?.split(",");
  const name = row.name ?? byDefault?.name ?? settings.portalName;
  return {
    id: row.id,
    isDefault: row.is_default === 1,
    name,
    homeUrl: row.home_url,
    logo: row.logo,
    hue: row.hue ?? byDefault?.hue ?? null,
    style: row.style ?? byDefault?.style ?? settings.recoveryStyle,
    button: row.button ?? byDefault?.button ?? "next",
    channels: listed
      ? channels.filter((channel) => listed.includes(channel))
      : (byDefault?.channels ?? channels),
    remindsLogin: row.reminds_login === null ? (byDefault?.remindsLogin ?? true) : row.reminds_login === 1,
    adminContact: row.admin_contact ?? byDefault?.adminContact ?? settings.adminContact,
    // Whoever gives the default portal another name means its letters as well.
    senderName: row.sender_name ?? row.name ?? settings.mailFrom.name,
    access: row.access,
    isForeign: row.is_foreign === 1,
    client: {
      redirectUris: JSON.parse(row.redirect_uris) as string[],
      postLogoutRedirectUris: JSON.parse(row.post_logout_redirect_uris) as string[],
      backchannelLogoutUri: row.backchannel_logout_uri,
      initiateLoginUri: row.initiate_login_uri,
      authMethod: row.auth_method,
      secretHashes: [row.secret_hash, row.previous_secret_hash].filter((hash) => hash !== null),
    },
    updatedAt: row.updated_at,
    own: row,
  };
}
