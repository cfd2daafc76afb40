/** What waits for a person. */
import type { Snippet } from "svelte";
import type { Age } from "../../list/age";
import { marked } from "../marked";
import { lists } from "./lists";
import { plural } from "./plural";

const customers = (number: number) => plural(number, (n) => ({ one: `${n} customer`, other: `${n} customers` }));
const months = (number: number) => plural(number, (n) => ({ one: `${n} month`, other: `${n} months` }));
const days = (number: number) => plural(number, (n) => ({ one: `${n} day`, other: `${n} days` }));

export const attention = {
  order: "What can stop an alarm is first.",
  views: { all: "All", keys: "Keys", subaccounts: "Subaccounts", vault: "This vault", putOff: "Put off" },
  nothing: "Nothing needs attention",
  restIsPutOff: "What is put off comes back on its day.",
  lastChecked: (age: string) => `Last checked with Twilio ${age}.`,
  neverChecked: "Nothing has been read from Twilio yet.",

  /** A row: whom it is about, and one sentence. */
  keyRemoved: "The key was deleted at Twilio, so the service that used it no longer works.",
  notHandedOver: "The customer’s service does not have the secret yet. Waits for you.",
  /** `problem` is a sentence without its full stop. */
  unfinished: (problem: string) => `Unfinished. ${problem}. Waits for you.`,
  unfinishedWithout: "Begun, and not finished. Waits for you.",
  keyIsOld: (age: string) => `Its oldest key is ${age} old.`,
  noKey: "It has no API key.",
  suspended: "Suspended. Reactivate or close it.",
  suspendedSince: (day: string) => `Suspended since ${day}. Reactivate or close it.`,

  /** Several alike in one row. */
  folds: {
    keyRemoved: (number: number) => `Key removed at Twilio, ${customers(number)}`,
    unfinished: (number: number) => plural(number, (n) => ({ one: `${n} unfinished`, other: `${n} unfinished` })),
    notHandedOver: (number: number) => `Not handed over, ${customers(number)}`,
    oldKeys: (number: number, limit: number) => `${customers(number)} with a key older than ${months(limit)}`,
    noKey: (number: number) => `${customers(number)} without an API key`,
    suspended: (number: number) => `Suspended, ${customers(number)}`,
  },
  /** The first names, each isolated, and how many there are besides. */
  names: (names: readonly string[], more: number) =>
    lists.and(more === 0 ? names : [...names, plural(more, (n) => ({ one: `${n} more`, other: `${n} more` }))]),
  oldestOf: (name: string, age: string) => `The limit is set in Settings. The oldest is ${name}’s, ${age}.`,
  age: ({ unit, number }: Age) => (unit === "days" ? days(number) : months(number)),
  firstOf: (shown: string, all: string) => `The first ${shown} of ${all}.`,

  since: (day: string) => `since ${day}`,
  oldest: (age: string) => `oldest ${age}`,
  today: "today",

  /** A button; nobody sees `what`, which tells those who do not see what stands beside it. */
  named: (label: string, what: Snippet) => marked`${label} ${what}`,
  showInList: "Show in the list",
  showInKeys: "Show the keys",
  bringBack: "Bring back now",
  broughtBack: "It is back in the list.",
  putOff: "Put off",

  /** Putting off, in the row. */
  until: "Put off until",
  tomorrow: "Tomorrow",
  otherDay: "Other day…",
  day: "Day",
  why: "Why, if you like",
  notADay: "Choose a day after today, at most a year ahead.",
  putOffUntil: (day: string) => `Put off until ${day}. Until then it is under Put off.`,
  /** Of one that is suspended: somebody wanted to be reminded of it. */
  reminder: (day: string) => `Reminder for ${day}`,
  reminderBecause: (day: string, reason: string) => `Reminder for ${day}: ${reason}`,
  /** Of a row that is put off, or came back by itself. */
  isPutOffUntil: (day: string) => `Put off until ${day}`,
  isPutOffBecause: (day: string, reason: string) => `Put off until ${day}: ${reason}`,
};
