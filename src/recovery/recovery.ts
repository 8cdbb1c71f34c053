/** Getting back in: ask, prove, set a new password. */
export { type Asking, type AskOutcome, type AskTools, askForAccount, askForRecovery } from "./ask.ts";
export { enterRecoveryCode } from "./enter-code.ts";
export {
  type FinishOutcome,
  type FinishTools,
  finishRecovery,
  type Key,
  type LookOutcome,
  lookAtKey,
  type Outdated,
  traceKey,
} from "./finish.ts";
export type { Channel } from "./recipient.ts";
export { remindLogin } from "./remind-login.ts";
export { purgeRecoveries } from "./rows.ts";
