/**
 * Every table of the database on one page. Times are integer milliseconds UTC and end in `_at`;
 * ids are UUIDv7 text and never carry authority; yes/no is 0 or 1.
 */
import type { Generated } from "kysely";

export interface Tables {
  accounts: AccountsTable;
  identifiers: IdentifiersTable;
  people: PeopleTable;
  people_words: PeopleWordsTable;
  people_filters: PeopleFiltersTable;
  passwords: PasswordsTable;
  password_history: PasswordHistoryTable;
  social_identities: SocialIdentitiesTable;
  photos: PhotosTable;
  sessions: SessionsTable;
  remembered_devices: RememberedDevicesTable;
  browsers: BrowsersTable;
  portal_visits: PortalVisitsTable;
  portal_tokens: PortalTokensTable;
  portal_consents: PortalConsentsTable;
  portal_keys: PortalKeysTable;
  proofs: ProofsTable;
  contact_changes: ContactChangesTable;
  recoveries: RecoveriesTable;
  cases: CasesTable;
  case_numbers: CaseNumbersTable;
  case_entries: CaseEntriesTable;
  case_files: CaseFilesTable;
  case_evidence: CaseEvidenceTable;
  case_templates: CaseTemplatesTable;
  messages: MessagesTable;
  message_events: MessageEventsTable;
  inbound_mail: InboundMailTable;
  budgets: BudgetsTable;
  imports: ImportsTable;
  import_parts: ImportPartsTable;
  import_rows: ImportRowsTable;
  external_ids: ExternalIdsTable;
  audit_events: AuditEventsTable;
  audit_head: AuditHeadTable;
  figures: FiguresTable;
  figure_attempts: FigureAttemptsTable;
  figure_notes: FigureNotesTable;
  figure_progress: FigureProgressTable;
  portals: PortalsTable;
  portal_members: PortalMembersTable;
  portal_logos: PortalLogosTable;
  portal_changes: PortalChangesTable;
  policy_groups: PolicyGroupsTable;
  policy_members: PolicyMembersTable;
  policy_state: PolicyStateTable;
}

/**
 * Owner: accounts/. Read by admin/, policies/, proofs/, sessions/, support/. Who exists. `generation` grows
 * whenever every outstanding proof of the account has to die.
 */
export interface AccountsTable {
  id: string;
  name: string;
  role: "person" | "desk" | "administrator" | "owner";
  /** `dismissed`: left the company. Neither may sign in; whoever may act on it brings it back. */
  status: "active" | "blocked" | "dismissed";
  /** null: the person never chose one, so the language of the asking page is used. */
  language: "ru" | "en" | null;
  generation: number;
  created_at: number;
  updated_at: number;
  /** What the person does and where; null = not given. */
  position: string | null;
  department: string | null;
  /** IANA name; null = the installation's. */
  time_zone: string | null;
  /** The hash that names the photo; null = none. */
  photo: string | null;
  /** The last sign-in with a proof of one's own, not by a remembered device; null = never. */
  signed_in_at: number | null;
  /**
   * Which groups of policies/ it belongs to, kept by triggers of `policy_members`: `ID@FROM-UNTIL`, parted by
   * commas, the times as there.
   */
  policy_groups: string;
}

/**
 * Owner: accounts/. One square picture per account, made by us out of what was sent. `hash`: of the bytes.
 */
export interface PhotosTable {
  account_id: string;
  hash: string;
  bytes: Uint8Array;
}

/**
 * Owner: accounts/. Read by admin/. What a person may type to be found: login, e-mail, phone.
 * `key` is the canonical spelling. `sign_in_key` repeats it while it names exactly one account (unique across
 * logins, e-mails and phones by constraint) and is null on a mailbox that several accounts share.
 */
export interface IdentifiersTable {
  id: string;
  account_id: string;
  kind: "login" | "email" | "phone";
  value: string;
  key: string;
  sign_in_key: string | null;
  /** e-mail and phone: when its holder proved it; null = never. Logins: always null. */
  confirmed_at: number | null;
  created_at: number;
  /** e-mail: when a letter last came back because there is no such mailbox, and its code of RFC 3463. */
  bounced_at: Generated<number | null>;
  bounced_status: Generated<string | null>;
}

/**
 * Owner: accounts/. The list of people as the console walks it, one row per account, kept by
 * triggers.
 */
export interface PeopleTable {
  account_id: string;
  /** The name for sorting: without case in Latin and Cyrillic, «ё» as «е». */
  name_key: string;
  role: AccountsTable["role"];
  status: AccountsTable["status"];
  /** 0: never. */
  last_sign_in_at: number;
  has_password: 0 | 1;
  has_phone: 0 | 1;
  /** A mailbox of theirs waits for its first proof. */
  mail_unproven: 0 | 1;
  /** Letters to a mailbox of theirs came back. */
  mail_bounced: Generated<0 | 1>;
}

/**
 * Owner: accounts/. What the console's search looks in, kept by triggers: name and keys, each word after two
 * spaces. SQLite indexes it in `people_trigrams` (FTS5), PostgreSQL with pg_trgm.
 */
export interface PeopleWordsTable {
  number: Generated<number>;
  account_id: string;
  words: string;
}

/** Owner: admin/. Conditions of the list of people that one of the staff keeps under a name. */
export interface PeopleFiltersTable {
  id: string;
  /** Whoever made it. */
  account_id: string;
  name: string;
  /** Without case; one of its kind per account. */
  name_key: string;
  /** As they stand in the address of the list. */
  conditions: string;
  created_at: number;
  /** 1: for all administrators; else for whoever made it alone. */
  shared: 0 | 1;
}

/**
 * Owner: passwords/. Read by admin/. `hash` is a PHC string with its parameters, or, until the first sign-in, one that came
 * along from another system.
 */
export interface PasswordsTable {
  account_id: string;
  hash: string;
  changed_at: number;
  /** Fingerprint of the form that it came from, so that the same form again ends in "done"; null: no form. */
  changed_by: string | null;
  /** A one-time password: until then it opens the page where its owner chooses another, and nothing else. */
  once_until: number | null;
}

/**
 * Owner: passwords/. Earlier passwords of who must not take them again, as many as their policy asks for.
 * `changed_at`: when that one had been set.
 */
export interface PasswordHistoryTable {
  account_id: string;
  changed_at: number;
  hash: string;
}

/**
 * Owner: identities/. An outside account that opens one of ours. Issuer and subject name it, and nothing else
 * does: e-mails there change hands.
 */
export interface SocialIdentitiesTable {
  id: string;
  account_id: string;
  /** Of the catalogue: yandex, vk, … */
  service: string;
  issuer: string;
  subject: string;
  /** By what its owner knows it again: the e-mail or name there, as it was last told. */
  shown: string;
  linked_at: number;
  used_at: number;
}

/** Owner: sessions/. Read by admin/. Only the SHA-256 of the cookie's value is kept. */
export interface SessionsTable {
  id: string;
  token_hash: string;
  account_id: string;
  /** How the person signed in, and when that proof was given (re-authentication moves it). */
  method: "password" | "mailbox" | "phone" | "social" | "remembered";
  authenticated_at: number;
  created_at: number;
  seen_at: number;
  /** Absolute end; the idle end is counted from `seen_at`. */
  expires_at: number;
  address: string;
  agent: string;
  /** The remembered device that renews this session, if the person ticked the box. */
  device_id: string | null;
  /** The known browser that it began in; null for sessions from before browsers were known. */
  browser_id: string | null;
  /** The idle time that was granted at its beginning; null: begun before groups had policies. */
  idle_ms: number | null;
}

/**
 * Owner: sessions/. Read by admin/. «Не выходить на этом устройстве»: a rotating token; reuse of an old value ends the
 * family.
 */
export interface RememberedDevicesTable {
  id: string;
  account_id: string;
  token_hash: string;
  previous_hash: string | null;
  rotated_at: number;
  created_at: number;
  expires_at: number;
  browser_id: string | null;
  /** Where it was remembered; empty for those from before that was kept. */
  address: string;
}

/**
 * Owner: sessions/. A browser that this account was entered from and that counts as known: its sealed cookie
 * carries the id, which is worth nothing without this row.
 */
export interface BrowsersTable {
  id: string;
  account_id: string;
  created_at: number;
  seen_at: number;
  /** Known until then; every sign-in moves it. */
  expires_at: number;
  address: string;
  agent: string;
}

/**
 * Owner: sessions/. A portal that was entered from a session. It outlives the session's own idle and absolute
 * end, but never a sign-out: without this row nothing that the portal holds is worth anything.
 */
export interface PortalVisitsTable {
  /** Told to the portal as `sid`; says and opens nothing by itself. */
  id: string;
  session_id: string;
  account_id: string;
  portal_id: string;
  /** Those of the session, so that ending the device ends visits of its older sessions as well. */
  device_id: string | null;
  browser_id: string | null;
  /** What the portal may know, parted by spaces. */
  scope: string;
  /** Where the portal hears of the end; null: it does not want to. */
  logout_uri: string | null;
  opened_at: number;
  /** Every way through us moves it. */
  expires_at: number;
}

/**
 * Owner: portals/. What a portal or a browser on its way holds: codes, tokens, interactions. Only the SHA-256
 * of it is kept.
 */
export interface PortalTokensTable {
  id_hash: string;
  /** As the protocol library calls it: AuthorizationCode, AccessToken, RefreshToken, Interaction, … */
  kind: string;
  visit_id: string | null;
  consumed_at: number | null;
  expires_at: number;
  /** JSON without the secret itself; sealed where it tells more of a person than ids. */
  payload: string;
}

/** Owner: sessions/. What somebody allowed a foreign portal to know; its scopes are parted by spaces. */
export interface PortalConsentsTable {
  account_id: string;
  portal_id: string;
  scope: string;
  given_at: number;
}

/**
 * Owner: portals/. A key that signs, its private half sealed with a key outside of the database. `number`
 * counts rotations; each makes one key of every algorithm.
 */
export interface PortalKeysTable {
  id: string;
  number: number;
  algorithm: "RS256" | "ES256";
  sealed: string;
  created_at: number;
  /** Published before, so that portals know it by then. */
  used_from: number;
}

/**
 * Owner: proofs/. One-time links, codes and control strings. The secret itself is derived from `id` with a
 * key that is outside the database, so it can be sent again while only its hash is stored.
 */
export interface ProofsTable {
  id: string;
  purpose: string;
  form: "link" | "code" | "control-string";
  /** null: a shadow, issued for an identifier that nobody has; it can never be redeemed. */
  account_id: string | null;
  /** The browser flow that a code is bound to; null for secrets that work anywhere. */
  flow_id: string | null;
  /** The canonical contact it went to; empty for shadows and for the printed set-up link. */
  sent_to: string;
  /**
   * The account's generation at issue; another value at redemption means that the proof is dead. 0: bound to
   * none, so that the proof outlives changes (accounts begin at 1).
   */
  generation: number;
  secret_hash: string;
  key_id: string;
  /** Wrong codes so far; committed before each compare. */
  tries: number;
  created_at: number;
  expires_at: number;
  redeemed_at: number | null;
  /** Fingerprint of the visit that redeemed it, so that a repeated form ends in "done". */
  redeemed_by: string | null;
  superseded_at: number | null;
  superseded_by: string | null;
}

/**
 * Owner: contacts/. One change of an e-mail or phone: what was, what comes in its place, how far it got. A
 * null `old_key`: there was none; a null `new_key`: the old one was taken away. A pending change is as alive
 * as its proof.
 */
export interface ContactChangesTable {
  id: string;
  account_id: string;
  kind: "email" | "phone";
  old_value: string | null;
  old_key: string | null;
  /** Whether the old one had been proven, and so was told of the change. */
  old_proven: 0 | 1;
  new_value: string | null;
  new_key: string | null;
  /** The link or code that confirms it; empty when nothing has to be proved. */
  proof_id: string;
  /** `refused`: the address was proved, but belongs to somebody by now. */
  state: "pending" | "confirmed" | "replaced" | "cancelled" | "refused" | "undone";
  asked_at: number;
  confirmed_at: number | null;
}

/** Owner: recovery/. One attempt to get back in: what was asked in one browser. */
export interface RecoveriesTable {
  id: string;
  /** The short number that page and letter both show. */
  number: number;
  account_id: string | null;
  style: "passport" | "control-string";
  /** The way that was asked for; a blocked person is told by letter either way. */
  channel: "email" | "sms";
  language: "ru" | "en";
  asked_at: number;
  /**
   * The link or control string of the letter ("" by SMS), and the code for this browser (none in a letter of
   * the style control-string).
   */
  link_proof_id: string;
  code_proof_id: string | null;
  finished_at: number | null;
  /** Where it began, and so ends. */
  portal_id: string | null;
}

/** Owner: support/. One row: the number of the last case. */
export interface CaseNumbersTable {
  id: Generated<number>;
  last: number;
}

/** Owner: support/. One request for help of somebody who has neither mailbox nor phone nor password. */
export interface CasesTable {
  id: string;
  /** What people call it by. */
  number: number;
  /** The moves between them: src/support/states.ts. */
  state:
    | "unconfirmed"
    | "new"
    | "handling"
    | "asked"
    | "proposed"
    | "waiting"
    | "released"
    | "done"
    | "refused"
    | "stopped"
    | "closed"
    | "expired";
  /** Grows with every move: of two that decide at once the later finds another number. */
  version: number;
  /** Whom it is about; null: what was typed names nobody, or several. */
  account_id: string | null;
  /** The login or earlier e-mail as it was typed. */
  typed: string;
  /** Where answers go: as typed, and in canonical spelling. */
  answer_to: string;
  answer_key: string;
  story: string;
  language: "ru" | "en";
  /** The applicant says that the account's phone is at hand. */
  has_phone: 0 | 1;
  /** Where it was sent from. */
  address: string;
  device: string;
  /** Who was signed in while sending it; such a one neither handles nor approves it. */
  opened_by: string | null;
  opened_at: number;
  /** The last move or word, from where silence is counted. */
  moved_at: number;
  /** The key of the applicant's page follows from the id and the root key `key_id`; this is its SHA-256. */
  key_hash: string;
  key_id: string;
  /** Which six digits are in force, the tries with them so far (committed before each compare), their end. */
  code_round: number;
  code_tries: number;
  code_until: number;
  /** The code that went to the account's phone. */
  phone_proof_id: string | null;
  confirmed_at: number | null;
  /** Until when an answer was promised; null: nothing is owed. */
  due_at: number | null;
  handler_id: string | null;
  /** Who refused it before the appeal. */
  earlier_handler_id: string | null;
  /** The account's last sign-in when the case was opened: another value means that its owner came in. */
  signed_in_at: number | null;
  /** The account's generation at approval: another one means that something of it has changed. */
  generation: number | null;
  /** Approved with it: the confirmed address takes the place of the account's e-mail. */
  replaces_email: 0 | 1;
  approved_by: string | null;
  /** These three by the database's clock. */
  approved_at: number | null;
  /** null: reminded already. */
  remind_at: number | null;
  release_at: number | null;
  veto_proof_id: string | null;
  link_proof_id: string | null;
  appealed: 0 | 1;
  /** Why it ended as it did: of a refusal the words to the applicant, else the name of the cause. */
  reason: string;
  /** When it was approved or refused; for the figures. */
  decided_at: number | null;
}

/** Owner: support/. What was said in a case, and what happened in it. */
export interface CaseEntriesTable {
  id: string;
  case_id: string;
  at: number;
  /** `foreign`: a letter from an address that nobody confirmed. `note`: among staff. `event`: of itself. */
  kind: "applicant" | "foreign" | "desk" | "note" | "event";
  /** Of the staff; null: the applicant, or nobody. */
  author_id: string | null;
  /** Of a letter: the address that it came from. */
  sender: string;
  /** Of an event: its name. */
  text: string;
}

/** Owner: support/. What was sent along: pictures made anew, PDF and plain text as they came. */
export interface CaseFilesTable {
  id: string;
  case_id: string;
  entry_id: string;
  name: string;
  type: "image/webp" | "application/pdf" | "text/plain";
  size: number;
  bytes: Uint8Array;
}

/** Owner: support/. What speaks for the applicant being the account's owner. */
export interface CaseEvidenceTable {
  id: string;
  case_id: string;
  kind: "phone" | "colleague" | "in-person" | "document";
  state: "asked" | "given" | "declined";
  /** The colleague who is asked. */
  account_id: string | null;
  /** Which of the staff asked or saw. */
  by_id: string | null;
  /** The kind of document; of a colleague's word, what makes it a weak one. */
  note: string;
  at: number;
}

/** Owner: support/. Answers that administrators keep ready. */
export interface CaseTemplatesTable {
  id: string;
  name: string;
  text_ru: string;
  text_en: string;
  changed_at: number;
}

/**
 * Owner: delivery/. The outbox: written in the transaction of the change that it speaks of, wiped after
 * sending.
 */
export interface MessagesTable {
  id: string;
  kind: string;
  /** `portal`: the end of a visit, told to the portal itself. */
  channel: "email" | "sms" | "portal";
  account_id: string | null;
  /** The stored address; empty for the shadow of a message that nobody will get. */
  sent_to: string;
  language: "ru" | "en";
  /**
   * JSON for the template; never a secret (secrets are derived at send time), wiped to '{}' when finished.
   */
  data: string;
  state: "queued" | "sending" | "sent" | "failed" | "dropped" | "shadow";
  attempts: number;
  /** Why the last attempt failed: the server could not be reached, or it answered "later". */
  trouble: "connection" | "answer" | null;
  next_attempt_at: number;
  give_up_at: number;
  lease_owner: string | null;
  lease_until: number;
  created_at: number;
  finished_at: number | null;
  /** SMS: who took it over, what they call it, and the last of their reports. */
  gateway: string | null;
  reference: string | null;
  status:
    | "queued"
    | "accepted"
    | "sent"
    | "delivered"
    | "undelivered"
    | "expired"
    | "rejected"
    | "unknown"
    | null;
  /** When to ask the gateway next what became of it; null: nothing to ask. */
  ask_at: number | null;
  /** Whose name and look it carries; null: the installation's. */
  portal_id: string | null;
  /** What its link or code belongs to: a recovery, an invitation's proof; null: it has none. */
  about: string | null;
  /** The short number that page and message both show. */
  number: number | null;
  /** The address in small letters, and a letter's mail domain; empty for a shadow. */
  to_key: string;
  domain: string;
}

/** Owner: delivery/. The trace: one row per step of a message. */
export interface MessageEventsTable {
  id: string;
  message_id: string;
  at: number;
  step:
    | "queued"
    | "attempt"
    /** A gateway did not take the SMS, and the next one was asked. */
    | "declined"
    | "accepted"
    | "deferred"
    | "failed"
    | "dropped"
    /** What the gateway reports later. */
    | "sent"
    | "delivered"
    | "undelivered"
    | "expired"
    | "rejected"
    /** Reports of delivery about a letter that a server had accepted. */
    | "delayed"
    | "relayed"
    | "bounced"
    /** Its link was fetched, perhaps by a scanner; then somebody sent the form behind it. */
    | "seen"
    | "opened"
    | "used";
  /** The server's answer or the reason, without secrets. */
  detail: string;
}

/** Owner: intake/. Which mail came in already. `key`: hash of the thing that it is about and its Message-ID. */
export interface InboundMailTable {
  key: string;
  received_at: number;
}

/** Owner: platform/throttle. `key` is the budget's name and a keyed hash of its subject. */
export interface BudgetsTable {
  key: string;
  /**
   * Rate budgets: when the bucket will be full again (GCRA's theoretical arrival time). Streak budgets: when
   * the streak is forgotten. From then on the row means nothing.
   */
  full_at: number;
  /** Streak budgets: failures in a row. */
  streak: number;
  last_at: number;
  /** Windows budgets: `full_at` of each window, parted by commas; `full_at` is the latest of them. */
  windows: string;
}

/** Owner: imports/. One file of people, and how far its reading got. */
export interface ImportsTable {
  id: string;
  /** An account id, or `cli`. */
  created_by: string;
  file_name: string;
  /** Bytes received so far. */
  size: number;
  state: /** The file is still on its way. */
    | "receiving"
    /** It is here; what its columns mean is being settled. */
    | "settling"
    /** Every row is judged, and nothing changes. */
    | "checking"
    | "checked"
    | "running"
    /** Everybody is there; those who were added get their letters, so many a minute. */
    | "inviting"
    | "done"
    | "cancelled"
    | "failed";
  /** JSON: format, columns and wishes. */
  settings: string;
  /** JSON: how many rows of each verdict. */
  counts: string;
  /** How far the present step got: rows committed, and bytes read for them. */
  done_rows: number;
  done_bytes: number;
  began_at: number | null;
  checked_at: number | null;
  lease_owner: string | null;
  lease_until: number;
  /** Why it failed. */
  problem: string | null;
  created_at: number;
  finished_at: number | null;
}

/** Owner: imports/. The file, compressed piece by piece; gone when the import has ended. */
export interface ImportPartsTable {
  import_id: string;
  number: number;
  /** Before it was compressed. */
  size: number;
  bytes: Uint8Array;
  /** 0: it came before files were sealed, and is compressed alone. */
  sealed: 0 | 1;
}

/** Owner: imports/. What becomes, or became, of each row of the file. */
export interface ImportRowsTable {
  import_id: string;
  line: number;
  /** Names the person within the file; empty where the row names nobody. */
  person_key: string;
  verdict: "added" | "updated" | "unchanged" | "number" | "skipped" | "refused";
  /** Reasons and remarks, by their names, with blanks between them. */
  notes: string;
  /** By what staff know the row again. */
  shown: string;
  /** JSON: the row as it stood in the file; of refused rows alone, for the file to take back. */
  cells: string | null;
  account_id: string | null;
}

/** Owner: imports/. By which number of another system an account is known. */
export interface ExternalIdsTable {
  external_id: string;
  account_id: string;
}

/** Owner: audit/. Append-only; each row's hash covers the one before it. */
export interface AuditEventsTable {
  seq: number;
  at: number;
  action: string;
  /** Who did it: an account id, `cli`, `system`, or `anonymous`. */
  actor: string;
  account_id: string | null;
  address: string;
  detail: string;
  previous_hash: string;
  hash: string;
}

/** Owner: audit/. One row: the end of the chain. */
export interface AuditHeadTable {
  id: Generated<number>;
  seq: number;
  hash: string;
}

/** Owner: figures/. How often something happened, per hour and once more per day, both of UTC. */
export interface FiguresTable {
  figure: string;
  grain: "hour" | "day";
  /** When the hour or day begins. */
  at: number;
  /** What of the figure: a method and a result, a step, a domain; "" where there is one thing alone. */
  label: string;
  count: number;
}

/** Owner: figures/. How far each way back in got, for as long as it may go on. */
export interface FigureAttemptsTable {
  account_id: string;
  /** Of the first request, and of the latest that went on with it. */
  asked_at: number;
  last_asked_at: number;
  channel: string;
  step: "asked" | "sent" | "opened" | "changed";
  /** The causes of outdated pages that were counted already, parted by commas. */
  outdated: string;
}

/** Owner: figures/. What happened and is not counted yet, where the record does not tell it. */
export interface FigureNotesTable {
  id: string;
  figure: string;
  label: string;
  at: number;
  account_id: string | null;
  /** When the message of a way back in was written that left by now; null for everything else. */
  sent_since: number | null;
}

/** Owner: figures/. One row: up to which event of the record everything is counted. */
export interface FigureProgressTable {
  id: number;
  seq: number;
}

/**
 * Owner: portal-registry/. What people enter through us; each is an OpenID Connect client whose `client_id`
 * is the row's id. What is null is as in the default portal, and what is null there is as in the settings.
 */
export interface PortalsTable {
  id: string;
  /** The installation itself; there is exactly one. */
  is_default: 0 | 1;
  name: string | null;
  /** Where a tile leads when the portal offers no start of a sign-in. */
  home_url: string | null;
  /** The hash that names the logo; null = none. */
  logo: string | null;
  /** Of the accent, 0 to 359. */
  hue: number | null;
  style: "passport" | "control-string" | null;
  /** What stands on the button that asks for the message: «Далее» or «Выслать». */
  button: "next" | "send" | null;
  /** Ways to recover, parted by commas: letter, sms, desk. */
  channels: string | null;
  reminds_login: 0 | 1 | null;
  admin_contact: string | null;
  /** The name in From; the address is always the installation's. */
  sender_name: string | null;
  access: "all" | "listed";
  /** Somebody else's, so that the person is asked before anything is told to it. */
  is_foreign: 0 | 1;
  /** JSON lists; compared as they stand, character by character. */
  redirect_uris: string;
  post_logout_redirect_uris: string;
  backchannel_logout_uri: string | null;
  initiate_login_uri: string | null;
  auth_method: "client_secret_basic" | "client_secret_post" | "none";
  /** SHA-256; the previous one still opens until it is taken away. */
  secret_hash: string | null;
  previous_secret_hash: string | null;
  created_at: number;
  updated_at: number;
  archived_at: number | null;
}

/** Owner: portal-registry/. Who may enter a portal that is not open to all. */
export interface PortalMembersTable {
  portal_id: string;
  kind: "account" | "group";
  member_id: string;
}

/** Owner: portal-registry/. One picture per portal, made by us out of what was sent. `hash`: of the bytes. */
export interface PortalLogosTable {
  portal_id: string;
  hash: string;
  bytes: Uint8Array;
}

/** Owner: portal-registry/. One row, whose number grows with every change, so that instances notice it. */
export interface PortalChangesTable {
  id: number;
  number: number;
}

/** Owner: policies/. A group and what it asks of its members; one row is «Все», whom everybody belongs to. */
export interface PolicyGroupsTable {
  id: string;
  name: string;
  /** In lower case, so that no two names read alike. */
  name_key: string;
  description: string;
  /** JSON: the parameters that it sets, by name; one that is missing is left to other groups. */
  parameters: string;
  created_at: number;
  updated_at: number;
}

/**
 * Owner: policies/. Read by admin/, portal-registry/. Who belongs to which group, and when: 0 is no bound. «Все» has no
 * rows here.
 */
export interface PolicyMembersTable {
  group_id: string;
  account_id: string;
  from_at: number;
  until_at: number;
  added_at: number;
}

/** Owner: policies/. One row: `version` grows with every change of a group, so that instances notice. */
export interface PolicyStateTable {
  id: number;
  version: number;
}
