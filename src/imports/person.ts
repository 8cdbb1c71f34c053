/** What a row says of a person, under the meanings of its columns. */
import { isPlainName, type NewPerson, type Role, type Status, timeZones } from "../accounts/accounts.ts";
import type { Language } from "../platform/language/language.ts";
import type { Columns, Meaning } from "./columns.ts";
import type { Note, Refused } from "./verdicts.ts";

export interface FilePerson {
  externalId: string;
  login: string;
  email: string;
  phone: string;
  name: string;
  position: string | null;
  department: string | null;
  timeZone: string | null;
  language: Language | null;
  role: Role | undefined;
  /** Undefined where the file says nothing about it. */
  status: Status | undefined;
  hash: string;
  password: string;
}

export type ReadPerson =
  | { kind: "person"; person: FilePerson; notes: Note[] }
  | { kind: "skipped"; why: "external-type" }
  | { kind: "refused"; why: Refused; shown: string };

/** UserTable::getExternalUserTypes of Bitrix: accounts that no human has. */
const machines = new Set(
  (
    "bot email __controller replica imconnector sale saleanonymous shop call document_editor " +
    "calendar_sharing"
  ).split(" "),
);

const roleNames: Readonly<Record<string, Role>> = {
  person: "person",
  user: "person",
  пользователь: "person",
  сотрудник: "person",
  desk: "desk",
  поддержка: "desk",
  администратор: "administrator",
  administrator: "administrator",
  admin: "administrator",
  owner: "owner",
  владелец: "owner",
};

const yes = new Set(["y", "yes", "1", "true", "да", "д", "+"]);
const no = new Set(["n", "no", "0", "false", "нет", "н", "-"]);

/** A value that no database may keep: NUL, or half of a sign. */
function isSound(values: Readonly<Record<string, string>>): boolean {
  return Object.values(values).every((value) => !value.includes("\0") && value.isWellFormed());
}

export function readPerson(values: Readonly<Record<string, string>>, columns: Columns): ReadPerson {
  const said = new Map<Meaning, string>();
  for (const [column, meaning] of Object.entries(columns)) {
    const value = values[column]?.trim() ?? "";
    if (value !== "" && !said.has(meaning)) said.set(meaning, value);
  }
  const get = (meaning: Meaning) => said.get(meaning) ?? "";
  const named = get("full-name") || `${get("first-name")} ${get("last-name")}`.trim();
  const shown = named || get("login") || get("email") || get("external-id");
  if (!isSound(values)) return { kind: "refused", why: "unusable-sign", shown: shown.replaceAll("\0", "") };
  if (machines.has(get("external-type").toLowerCase())) return { kind: "skipped", why: "external-type" };
  const role = get("role") === "" ? undefined : roleNames[get("role").toLowerCase()];
  if (get("role") !== "" && role === undefined) return { kind: "refused", why: "role-unknown", shown };
  const status = statusOf(get("active"), get("blocked"));
  if (status === "unclear") return { kind: "refused", why: "status-unclear", shown };

  const notes: Note[] = [];
  const plain = (meaning: "position" | "department") => {
    const value = get(meaning).replace(/\s+/g, " ").normalize("NFC");
    if (value === "" || isPlainName(value)) return value || null;
    notes.push(`${meaning}-left-out`);
    return null;
  };
  const timeZone = get("time-zone");
  const language = get("language").toLowerCase().slice(0, 2);
  // Whoever signs in elsewhere has a random hash here, which opens nothing.
  const signsInElsewhere = get("external-type") !== "";
  if (signsInElsewhere && get("hash") !== "") notes.push("signs-in-elsewhere");
  const login = get("login") || get("email");
  return {
    kind: "person",
    notes,
    person: {
      externalId: get("external-id").slice(0, 100),
      login,
      email: get("email"),
      phone: get("phone"),
      name: named.replace(/\s+/g, " ") || login,
      position: plain("position"),
      department: plain("department"),
      timeZone: timeZones.includes(timeZone) ? timeZone : null,
      language: language === "ru" || language === "en" ? language : null,
      role,
      status,
      hash: signsInElsewhere ? "" : get("hash"),
      password: get("password"),
    },
  };
}

/** Whoever is not active has left; whoever is blocked waits. */
function statusOf(active: string, blocked: string): Status | undefined | "unclear" {
  const told = (value: string) =>
    value === ""
      ? "nothing"
      : yes.has(value.toLowerCase())
        ? "yes"
        : no.has(value.toLowerCase())
          ? "no"
          : "unclear";
  const [isActive, isBlocked] = [told(active), told(blocked)];
  if (isActive === "unclear" || isBlocked === "unclear") return "unclear";
  if (isActive === "no") return "dismissed";
  if (isBlocked === "yes") return "blocked";
  return isActive === "nothing" && isBlocked === "nothing" ? undefined : "active";
}

export function asNewPerson(person: FilePerson, contactsProven: boolean): NewPerson {
  return {
    login: person.login,
    name: person.name,
    email: person.email || undefined,
    phone: person.phone || undefined,
    role: person.role ?? "person",
    language: person.language,
    contactsProven,
  };
}
