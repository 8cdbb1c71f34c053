import type { Migration } from "kysely/migration";
import * as foundation from "./0001-foundation.ts";
import * as budgetWindows from "./0002-budget-windows.ts";
import * as smsStates from "./0003-sms-states.ts";
import * as recoveryChannel from "./0004-recovery-channel.ts";
import * as ownPage from "./0005-own-page.ts";
import * as contactChanges from "./0006-contact-changes.ts";
import * as socialIdentities from "./0007-social-identities.ts";
import * as peopleList from "./0010-people-list.ts";
import * as oneTimePasswords from "./0011-one-time-passwords.ts";
import * as wholeRecord from "./0012-whole-record.ts";
import * as outboxByChannel from "./0013-outbox-by-channel.ts";
import * as portals from "./0020-portals.ts";
import * as portalVisits from "./0021-portal-visits.ts";
import * as portalOfRecoveries from "./0022-portal-of-recoveries.ts";
import * as portalTokens from "./0023-portal-tokens.ts";
import * as portalKeys from "./0024-portal-keys.ts";
import * as groupPolicies from "./0030-group-policies.ts";
import * as imports from "./0031-imports.ts";
import * as inboundMail from "./0032-inbound-mail.ts";
import * as figures from "./0033-figures.ts";
import * as desk from "./0034-desk.ts";
import * as returnedMail from "./0037-returned-mail.ts";
import * as quietBudgets from "./0040-quiet-budgets.ts";
import * as peopleFilters from "./0041-people-filters.ts";
import * as leanOutbox from "./0042-lean-outbox.ts";
import * as lighterListOfPeople from "./0044-lighter-list-of-people.ts";
import * as sharedAndSealed from "./0046-shared-and-sealed.ts";
import * as codesById from "./0047-codes-by-id.ts";

/** Forward only: a step that has been released is never edited. */
export const migrations: Record<string, Migration> = {
  "0001-foundation": foundation,
  "0002-budget-windows": budgetWindows,
  "0003-sms-states": smsStates,
  "0004-recovery-channel": recoveryChannel,
  "0005-own-page": ownPage,
  "0006-contact-changes": contactChanges,
  "0007-social-identities": socialIdentities,
  "0010-people-list": peopleList,
  "0011-one-time-passwords": oneTimePasswords,
  "0012-whole-record": wholeRecord,
  "0013-outbox-by-channel": outboxByChannel,
  "0020-portals": portals,
  "0021-portal-visits": portalVisits,
  "0022-portal-of-recoveries": portalOfRecoveries,
  "0023-portal-tokens": portalTokens,
  "0024-portal-keys": portalKeys,
  "0030-group-policies": groupPolicies,
  "0031-imports": imports,
  "0032-inbound-mail": inboundMail,
  "0033-figures": figures,
  "0034-desk": desk,
  "0037-returned-mail": returnedMail,
  "0040-quiet-budgets": quietBudgets,
  "0041-people-filters": peopleFilters,
  "0042-lean-outbox": leanOutbox,
  "0044-lighter-list-of-people": lighterListOfPeople,
  "0046-shared-and-sealed": sharedAndSealed,
  "0047-codes-by-id": codesById,
};
