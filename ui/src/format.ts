/** Money, times and counts in the system's format. Money stays a decimal string all the way: no float arithmetic. */
import type { Money } from "./wire";

/** The first usable language of the system. A web view started with the C locale reports "C", which Intl refuses. */
export function usableLocale(languages: readonly string[]): string {
  for (const language of languages) {
    try {
      const [canonical] = Intl.getCanonicalLocales(language.replace("_", "-"));
      if (canonical !== undefined && /^[a-z]{2,3}\b/i.test(canonical) && canonical.toLowerCase() !== "posix") {
        return canonical;
      }
    } catch {
      // Not a language tag: the next one may be.
    }
  }
  return "en-US";
}

export const locale = usableLocale(typeof navigator === "undefined" ? [] : [...(navigator.languages ?? []), navigator.language ?? ""]);

const currencyFormats = new Map<string, Intl.NumberFormat | null>();

function currencyFormat(currency: string): Intl.NumberFormat | null {
  const known = currencyFormats.get(currency);
  if (known !== undefined) return known;
  let made: Intl.NumberFormat | null;
  try {
    made = new Intl.NumberFormat(locale, { style: "currency", currency });
  } catch {
    made = null;
  }
  currencyFormats.set(currency, made);
  return made;
}

/** An amount with its currency, such as "$38.12". What cannot be read as a decimal is shown as it came. */
export function money(value: Money): string {
  const format = /^-?\d+(\.\d+)?$/.test(value.amount) ? currencyFormat(value.currency) : null;
  if (format === null) return `${value.amount} ${value.currency}`;
  return format.format(value.amount as `${number}`);
}

const scale = 12;

/** A decimal string as a whole number of 10^-12; what is not a decimal counts as nought. */
export function scaled(decimal: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(decimal);
  if (match === null) return 0n;
  const [, sign, whole = "0", fraction = ""] = match;
  const size = BigInt(whole + fraction.slice(0, scale).padEnd(scale, "0"));
  return sign === "-" ? -size : size;
}

const minute = 60_000;
const hour = 60 * minute;
const oneDay = 24 * hour;

// Each costs milliseconds to make, and the first screen needs but one.
const dateFormat = once(() => new Intl.DateTimeFormat(locale, { dateStyle: "medium" }));
const dateTimeFormat = once(() => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }));
const timeFormat = once(() => new Intl.DateTimeFormat(locale, { timeStyle: "short" }));
const weekdayFormat = once(() => new Intl.DateTimeFormat(locale, { dateStyle: "full" }));
const countFormat = once(() => new Intl.NumberFormat(locale));

function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

/** How long ago a time was, such as "2 min ago"; dates once it is a week old. */
export function ago(time: string, now: number): string {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return time;
  const passed = now - at;
  if (passed < minute) return "just now";
  if (passed < hour) return `${Math.floor(passed / minute)} min ago`;
  if (passed < oneDay) return plural(Math.floor(passed / hour), "hour") + " ago";
  const days = Math.floor(passed / oneDay);
  if (days < 7) return days === 1 ? "1 day ago" : `${days} days ago`;
  return `on ${dateFormat().format(at)}`;
}

export function date(time: string): string {
  return formatted(time, dateFormat());
}

export function dateTime(time: string): string {
  return formatted(time, dateTimeFormat());
}

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
  const at = Date.parse(time);
  if (Number.isNaN(at)) return null;
  const today = new Date(now);
  const that = new Date(at);
  if (today.toDateString() === that.toDateString()) return "Today";
  today.setDate(today.getDate() - 1);
  return today.toDateString() === that.toDateString() ? "Yesterday" : null;
}

export function count(number: number): string {
  return countFormat().format(number);
}

export function plural(number: number, noun: string, nouns = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : nouns}`;
}

function formatted(time: string, format: Intl.DateTimeFormat): string {
  const at = Date.parse(time);
  return Number.isNaN(at) ? time : format.format(at);
}
