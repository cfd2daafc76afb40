/** Times in the system's format and in words; with them money and counts, so that everything is formatted from here. */
import { startWords } from "./words/start.svelte";
import { locale } from "./numbers";

export { count, locale, money, scaled, usableLocale } from "./numbers";

const minute = 60_000;
const hour = 60 * minute;
const oneDay = 24 * hour;

// Each costs milliseconds to make, and the first screen needs but one.
const dateFormat = once(() => new Intl.DateTimeFormat(locale, { dateStyle: "medium" }));
const dateTimeFormat = once(() => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }));
const fullFormat = once(() => new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "medium" }));
const timeFormat = once(() => new Intl.DateTimeFormat(locale, { timeStyle: "short" }));
const weekdayFormat = once(() => new Intl.DateTimeFormat(locale, { dateStyle: "full" }));

/** Makes something when it is first needed. */
export function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

/** How long ago a time was, such as "2 min ago"; dates once it is a week old. */
export function ago(time: string, now: number): string {
  const { times } = startWords();
  const at = Date.parse(time);
  if (Number.isNaN(at)) return time;
  const passed = now - at;
  if (passed < minute) return times.justNow;
  if (passed < hour) return times.minutesAgo(Math.floor(passed / minute));
  if (passed < oneDay) return times.hoursAgo(Math.floor(passed / hour));
  const days = Math.floor(passed / oneDay);
  if (days < 7) return times.daysAgo(days);
  return times.onDate(dateFormat().format(at));
}

/** The day of a time, such as "Oct 1, 2026". */
export function date(time: string): string {
  return formatted(time, dateFormat());
}

/** A day with the time of day. */
export function dateTime(time: string): string {
  return formatted(time, dateTimeFormat());
}

/** A day with its weekday and the time of day to the second. */
export function fullTime(time: string): string {
  return formatted(time, fullFormat());
}

/** The time of day alone. */
export function timeOfDay(time: string): string {
  return formatted(time, timeFormat());
}

/** The heading of one day, such as "Today", "Yesterday" or the full date. */
export function dayHeading(time: string, now: number): string {
  return dayName(time, now) ?? formatted(time, weekdayFormat());
}

/** One day in little room, such as "Today", "Yesterday" or "Nov 28, 2026". */
export function day(time: string, now: number): string {
  return dayName(time, now) ?? date(time);
}

function dayName(time: string, now: number): string | null {
  const { times } = startWords();
  const at = Date.parse(time);
  if (Number.isNaN(at)) return null;
  const today = new Date(now);
  const that = new Date(at);
  if (today.toDateString() === that.toDateString()) return times.today;
  today.setDate(today.getDate() - 1);
  return today.toDateString() === that.toDateString() ? times.yesterday : null;
}

function formatted(time: string, format: Intl.DateTimeFormat): string {
  const at = Date.parse(time);
  return Number.isNaN(at) ? time : format.format(at);
}
