/** How old something is, by the calendar. */
import { monthsBefore } from "./months";

export { monthsBefore } from "./months";

const oneDay = 86_400_000;

/** Days until it is said in months. */
const longestInDays = 60;

export type Age = { unit: "days" | "months"; number: number };

/** The age at `now` of what was made at `from`, both in milliseconds since 1970. What is from the future is no day old. */
export function ageOf(from: number, now: number): Age {
  const days = Math.max(0, Math.floor((now - from) / oneDay));
  return days < longestInDays ? { unit: "days", number: days } : { unit: "months", number: wholeMonths(from, now) };
}

function wholeMonths(from: number, now: number): number {
  const [begun, ended] = [new Date(from), new Date(now)];
  const months = (ended.getFullYear() - begun.getFullYear()) * 12 + ended.getMonth() - begun.getMonth();
  return monthsBefore(now, months) < from ? months - 1 : months;
}
