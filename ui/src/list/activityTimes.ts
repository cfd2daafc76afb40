/** Times that a list is narrowed to: whole days of this computer's time zone, as moments. */
import { dayAfter } from "../days";
import { monthsBefore } from "./months";

export type TimeChoice = "today" | "last7Days" | "last30Days" | "last12Months" | "between";

export const timeChoices: readonly TimeChoice[] = ["today", "last7Days", "last30Days", "last12Months", "between"];

/** Two days as boxes for dates have them; empty where none was chosen. */
export type Days = { from: string; to: string };

/** From the first moment on, and before the second. */
export type Span = { since: string | null; until: string | null };

/** Today is one of the last days. */
const daysBefore = { today: 0, last7Days: 6, last30Days: 29 };
const aYear = 12;

/** Beyond these years something was typed that is not meant. */
const [firstYear, lastYear] = [1970, 9000];

export function spanOf(choice: TimeChoice | null, { from, to }: Days, now: number): Span {
  switch (choice) {
    case null:
      return { since: null, until: null };
    case "between":
      return { since: beginOf(from, 0), until: beginOf(to, 1) };
    case "last12Months":
      return { since: new Date(monthsBefore(dayAfter(now, 0).getTime(), aYear)).toISOString(), until: null };
    default:
      return { since: dayAfter(now, -daysBefore[choice]).toISOString(), until: null };
  }
}

/** Whether no day can be in it: it ends before it begins. */
export function isTurnedRound({ from, to }: Days): boolean {
  const [first, last] = [beginOf(from, 0), beginOf(to, 0)];
  return first !== null && last !== null && first > last;
}

/** The day in a box, or null. */
export function dayOf(box: string): Date | null {
  const [year = NaN, month = NaN, day = NaN] = box.split("-").map(Number);
  return year >= firstYear && year <= lastYear ? new Date(year, month - 1, day) : null;
}

/** The first moment of that day, or of one so many days later. A day can have 23 or 25 hours. */
function beginOf(box: string, later: number): string | null {
  const day = dayOf(box);
  if (day === null || Number.isNaN(day.getTime())) return null;
  return dayAfter(day.getTime(), later).toISOString();
}
