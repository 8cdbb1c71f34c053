/** Every parameter of a policy: its bounds, which of two values is the stricter one, and the presets. */

/** `less`, `greater`: the smaller or larger number is stricter. `less-above-zero`: so, and 0 is no bound. */
type Stricter = "less" | "greater" | "less-above-zero" | "common";

export interface Parameter {
  /** `number` in its unit; `yes-no` 0 or 1; `network` bits of an IPv4 address; `ways` bits of `ways`. */
  kind: "number" | "yes-no" | "network" | "ways";
  stricter: Stricter;
  least: number;
  most: number;
}

const number = (stricter: Stricter, least: number, most: number) =>
  ({ kind: "number", stricter, least, most }) as const;
const yesNo = { kind: "yes-no", stricter: "greater", least: 0, most: 1 } as const;
const network = { kind: "network", stricter: "greater", least: 0, most: 32 } as const;

/** How the way back in may lead, as bits: what every group allows is allowed. */
export const ways = { letter: 1, sms: 2, "control-string": 4, desk: 8 } as const;
export type Way = keyof typeof ways;
const ALL_WAYS = 15;

/** By section of the form. Bounds: docs/decisions/0065. */
export const sections = {
  password: {
    /** Code points. */
    passwordLength: number("greater", 6, 64),
    passwordUpper: yesNo,
    passwordLower: yesNo,
    passwordDigits: yesNo,
    passwordMarks: yesNo,
    /** Leaked and guessable ones are refused. */
    passwordBlocklist: yesNo,
  },
  change: {
    /** At sign-in, a password that these rules would refuse has to be replaced. */
    passwordRecheck: yesNo,
    /** Days after which it has to be replaced; 0: never. */
    passwordMaxDays: number("less-above-zero", 0, 3650),
    /** Days before its owner may replace it on the own page; recovery and staff always may. */
    passwordMinDays: number("greater", 0, 30),
    /** How many of the last passwords, the present one among them, may not come again. */
    passwordHistory: number("greater", 0, 24),
  },
  attempts: {
    /** Wrong passwords before the growing pauses begin. */
    attemptsFree: number("less", 3, 100),
    /** Wrong passwords in a row before the door rests for `lockMinutes` after each; 0: it does not. */
    attemptsLock: number("less-above-zero", 0, 100),
    lockMinutes: number("greater", 1, 1440),
  },
  session: {
    sessionIdleMinutes: number("less", 1, 1440),
    sessionHours: number("less", 1, 720),
    sessionNetwork: network,
  },
  remember: {
    /** How many devices may be remembered at once; 0: none. */
    rememberedDevices: number("less", 0, 50),
    rememberDays: number("less", 1, 365),
    rememberNetwork: network,
  },
  recovery: {
    /** How long a link or control string works. */
    linkMinutes: number("less", 5, 1440),
    recoveryWays: { kind: "ways", stricter: "common", least: 0, most: ALL_WAYS },
  },
  desk: {
    /** How many pieces of evidence the support desk has to see. */
    deskEvidence: number("greater", 1, 5),
    /** Hours between the desk's decision and the way in, for the owner to object. */
    deskWaitHours: number("greater", 0, 720),
  },
} as const satisfies Record<string, Record<string, Parameter>>;

export type Section = keyof typeof sections;
export type ParameterName = { [S in Section]: keyof (typeof sections)[S] }[Section];
export type PolicyValues = Record<ParameterName, number>;

export const parameters: Readonly<Record<ParameterName, Parameter>> = Object.assign(
  {},
  ...Object.values(sections),
);
export const parameterNames = Object.keys(parameters) as ParameterName[];

const standard: PolicyValues = {
  passwordLength: 12,
  passwordUpper: 0,
  passwordLower: 0,
  passwordDigits: 0,
  passwordMarks: 0,
  passwordBlocklist: 1,
  passwordRecheck: 0,
  passwordMaxDays: 0,
  passwordMinDays: 0,
  passwordHistory: 0,
  attemptsFree: 10,
  attemptsLock: 0,
  lockMinutes: 15,
  sessionIdleMinutes: 30,
  sessionHours: 24,
  sessionNetwork: 0,
  rememberedDevices: 10,
  rememberDays: 30,
  rememberNetwork: 0,
  linkMinutes: 60,
  recoveryWays: ALL_WAYS,
  deskEvidence: 2,
  deskWaitHours: 24,
};

/**
 * What fills the form at one press. `box`: the level «высокий» of the boxed edition; its CAPTCHA after three
 * wrong passwords is the growing pause here.
 */
export const presets = {
  basic: { ...standard, passwordLength: 8, sessionIdleMinutes: 60, rememberDays: 90 },
  standard,
  high: {
    ...standard,
    passwordLength: 15,
    passwordRecheck: 1,
    passwordHistory: 5,
    attemptsFree: 5,
    sessionIdleMinutes: 15,
    sessionHours: 12,
    rememberedDevices: 3,
    rememberDays: 7,
    linkMinutes: 30,
    deskEvidence: 3,
    deskWaitHours: 72,
  },
  box: {
    ...standard,
    passwordLength: 10,
    passwordUpper: 1,
    passwordLower: 1,
    passwordDigits: 1,
    passwordMarks: 1,
    passwordRecheck: 1,
    passwordMaxDays: 90,
    passwordMinDays: 1,
    passwordHistory: 3,
    attemptsFree: 3,
    sessionIdleMinutes: 15,
    sessionNetwork: 32,
    rememberedDevices: 2,
    rememberDays: 7,
    rememberNetwork: 32,
  },
} as const satisfies Record<string, PolicyValues>;

export type Preset = keyof typeof presets;

/** What staff are held to whatever groups say: their sessions open other people's accounts. */
export const staffRules: Partial<PolicyValues> = {
  sessionIdleMinutes: 15,
  sessionHours: 12,
  rememberedDevices: 0,
};

/** The stricter of two values; of ways what both allow. */
export function stricterOf(name: ParameterName, one: number, other: number): number {
  switch (parameters[name].stricter) {
    case "less":
      return Math.min(one, other);
    case "greater":
      return Math.max(one, other);
    case "less-above-zero":
      return one === 0 || other === 0 ? Math.max(one, other) : Math.min(one, other);
    case "common":
      return one & other;
  }
}

/** Whether `after` allows anything that `before` did not. */
export function isLooser(name: ParameterName, before: number, after: number): boolean {
  return stricterOf(name, before, after) !== after;
}

/** Whether it is a value that the parameter can have. */
export function isPossible(name: ParameterName, value: number): boolean {
  const { kind, least, most } = parameters[name];
  const inBounds = Number.isInteger(value) && value >= least && value <= most;
  return inBounds && (kind !== "network" || networks.includes(value));
}

/** The parts of an IPv4 address that a session may be bound to, in bits. */
export const networks: readonly number[] = [0, 8, 16, 24, 32];
