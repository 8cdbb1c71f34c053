/** Groups of people, and of each parameter the strictest rule that holds for one of them. */
export { type Book, EVERYONE, type Group, openPolicies, type Policies } from "./book.ts";
export {
  allowsWay,
  type DeskRules,
  deskRulesFor,
  type Effective,
  effectivePolicy,
  type Governed,
  type Membership,
  type PolicyTools,
  policyOf,
  policyOfEveryone,
  policyOfUnknown,
} from "./effective.ts";
export {
  addGroup,
  changeGroup,
  deleteGroup,
  type GroupRefusal,
  type GroupWish,
  listGroups,
  type Member,
  MOST_GROUPS_OF_ONE,
  membersAfter,
  purgeMembers,
  putMembers,
  removeMembers,
  type StoredGroup,
} from "./groups.ts";
export { isSameNetwork } from "./network.ts";
export {
  isLooser,
  type Parameter,
  type ParameterName,
  type PolicyValues,
  type Preset,
  parameterNames,
  presets,
  type Section,
  stricterOf,
  type Way,
  ways,
} from "./parameters.ts";
