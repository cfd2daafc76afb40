/** How long something is, and how large. */
import { count } from "../../numbers";
import { plural } from "./plural";

const hours = (number: number) => plural(number, (n) => ({ one: `${n} hour`, other: `${n} hours` }));
const minutes = (number: number) => plural(number, (n) => ({ one: `${n} minute`, other: `${n} minutes` }));

export const measures = {
  seconds: (number: number) => plural(number, (n) => ({ one: `${n} second`, other: `${n} seconds` })),
  minutes,
  hours,
  hoursAndMinutes: (whole: number, rest: number) => `${hours(whole)} and ${minutes(rest)}`,
  days: (number: number) => plural(number, (n) => ({ one: `${n} day`, other: `${n} days` })),
  megabytes: (number: number) => `${count(number)} MB`,
  gigabytes: (number: number) => `${count(number)} GB`,
};
