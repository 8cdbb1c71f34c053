/** What the operator should hear of while people see nothing: limits of the whole service that bite. */

export type Alarm =
  /** An SMS was held back; `by` names the cap. */
  | { event: "sms_held"; by: string }
  /** More wrong codes in an hour than people mistype: somebody guesses. */
  | { event: "codes_guessed"; by: string }
  /** A server refuses our mail for what we are: reputation, SPF, DKIM, a filter. */
  | { event: "mail_rejected"; by: string };

/** How often each alarm was raised since the start, for the figures: "event by" and the number. */
export type Alarms = Map<string, number>;

export interface AlarmTools {
  readonly log: { warn(fields: object): void };
  readonly alarms: Alarms;
}

/** One line in the log and one more in the figures. No name, number or address goes into either. */
export function raiseAlarm({ log, alarms }: AlarmTools, alarm: Alarm): void {
  log.warn(alarm);
  const key = `${alarm.event} ${alarm.by}`;
  alarms.set(key, (alarms.get(key) ?? 0) + 1);
}
