/** Getting back in: ask, prove, set a new password. */
export { type Asking, type AskOutcome, type AskTools, askForAccount, askForRecovery } from "./ask.ts";
export {
  type CodeEntry,
  enterCode,
  type FinishOutcome,
  type FinishTools,
  finishRecovery,
  type Key,
  type LookOutcome,
  lookAtKey,
  type Outdated,
} from "./finish.ts";
export { remindLogin } from "./remind-login.ts";
export { purgeRecoveries } from "./rows.ts";
