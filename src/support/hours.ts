import type { DeskHours } from "../desk-settings.ts";

/** Beyond that there is no working day to be found, whatever the hours say. */
const MOST_DAYS = 60;

/** The moment after so much working time of the desk, in the time zone of the installation. */
export function afterWorkingTime(from: number, workMs: number, hours: DeskHours, timeZone: string): number {
  let left = workMs;
  let day = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone).toPlainDate();
  for (let count = 0; count < MOST_DAYS; count += 1) {
    const midnight = day.toZonedDateTime(timeZone);
    if (hours.days.includes(day.dayOfWeek)) {
      const begins = Math.max(from, midnight.add({ minutes: hours.opens }).epochMilliseconds);
      const room = midnight.add({ minutes: hours.closes }).epochMilliseconds - begins;
      if (room >= left) return begins + left;
      if (room > 0) left -= room;
    }
    day = day.add({ days: 1 });
  }
  return from + workMs;
}
