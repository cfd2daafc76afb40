/** Times and sizes as people speak of them. */
import { words } from "../words";

/** Seconds in words, as exact as it matters. */
export function duration(seconds: number): string {
  const said = words().measures;
  const minutes = Math.round(seconds / 60);
  if (seconds < 100) return said.seconds(Math.round(seconds));
  if (minutes < 60) return said.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours >= 48) return said.days(Math.round(hours / 24));
  // A minute more or less is the time the answer took.
  if (rest <= 1) return said.hours(hours);
  if (rest === 59) return said.hours(hours + 1);
  return said.hoursAndMinutes(hours, rest);
}

/** Bytes in the largest unit of which there is one. */
export function size(bytes: number): string {
  const said = words().measures;
  const megabytes = bytes / 1_000_000;
  if (megabytes < 1000) return said.megabytes(Math.floor(megabytes));
  return said.gigabytes(Math.floor(megabytes / 1000));
}
