/** Months by the calendar. */

/** The time so many months earlier; where that month is shorter, its last day. */
export function monthsBefore(now: number, months: number): number {
  const then = new Date(now);
  const day = then.getDate();
  then.setMonth(then.getMonth() - months);
  // It ran over into the next month.
  if (then.getDate() !== day) then.setDate(0);
  return then.getTime();
}
