/** Days in words, with as much of them as is needed, and those that something can be put off until. */
import { once, timeOfDay } from "./format";
import { locale } from "./numbers";

/** So many days ahead at most. */
const furthest = 366;
const monday = 1;

const dayOnly = once(() => new Intl.DateTimeFormat(locale, { month: "short", day: "numeric" }));
const withYear = once(() => new Intl.DateTimeFormat(locale, { dateStyle: "medium" }));
const withWeekday = once(() => new Intl.DateTimeFormat(locale, { weekday: "short", month: "short", day: "numeric" }));

/** The beginning of a day here, so many days after that of `now`. */
export function dayAfter(now: number, days: number): Date {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() + days);
  return day;
}

/** The next Monday that is not tomorrow, which is offered by its own name. */
export function nextMonday(now: number): Date {
  const ahead = (monday - new Date(now).getDay() + 7) % 7;
  return dayAfter(now, ahead > 1 ? ahead : ahead + 7);
}

/** The day that a box for dates has, as "2026-12-07"; null where it has none, one that has come, or one too far ahead. */
export function dayIn(box: string, now: number): Date | null {
  const [year = 0, month = 0, day = 0] = box.split("-").map(Number);
  const chosen = new Date(year, month - 1, day);
  return chosen >= dayAfter(now, 1) && chosen <= dayAfter(now, furthest) ? chosen : null;
}

/** A day as a box for dates has it. */
export function forBox(day: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** A day to come, such as "Mon, Dec 7"; with its year where that is another one. */
export function dayAhead(day: Date, now: number): string {
  return (sameYear(day, now) ? withWeekday : withYear)().format(day);
}

/** Since when something is: the time of today, or the day. */
export function sinceWhen(time: string, now: number): string {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return time;
  if (at.toDateString() === new Date(now).toDateString()) return timeOfDay(time);
  return (sameYear(at, now) ? dayOnly : withYear)().format(at);
}

function sameYear(day: Date, now: number): boolean {
  return day.getFullYear() === new Date(now).getFullYear();
}
