/** Closing a subaccount for ever. */
import type { Snippet } from "svelte";
import { count } from "../../numbers";
import { marked } from "../marked";
import { lists } from "./lists";
import { plural } from "./plural";

const moveNumbers = (number: number) => plural(number, (n) => ({ one: `Move ${n} number`, other: `Move ${n} numbers` }));
const releaseNumbers = (number: number) => plural(number, (n) => ({ one: `Release ${n} number`, other: `Release ${n} numbers` }));
const moveAndRelease = (moved: number, released: number) =>
  plural(moved, (n) => ({ one: `Move ${n} number, release ${count(released)}`, other: `Move ${n} numbers, release ${count(released)}` }));

export const closing = {
  close: "Close…",
  /** The dialog: what is done, and in which main account. The customer's name stands large below. */
  title: (account: string) => `Close a subaccount of ${account}`,

  /** Of one that is active. */
  suspendFirst: "It has to be suspended first.",
  suspendFirstMeans:
    "Closing is for ever. Suspending can be undone: whoever still uses this subaccount notices it then, and you can bring it back. Once it is suspended, close it from here.",

  forEver: "This is for ever.",
  forEverMeans: (day: string) => `Nobody can open it again, and 30 days later, on ${day}, Twilio deletes its data.`,

  numbers: "1. Its numbers",
  can: "Can",
  before: "Before closing",
  /** For those who do not see what stands beside the box. */
  whatBecomes: (number: string) => `What becomes of ${number}`,
  release: "Release for ever",
  all: (number: number) => plural(number, (n) => ({ one: `All ${n}`, other: `All ${n}` })),
  allBecome: "What becomes of all of them",
  each: "Each as below",
  isNew: "New",
  noNumber: "It has no phone number, so none is lost.",
  movedMeans:
    "A moved number keeps its number and its price. It leaves its messaging service, its webhooks may have to be set again, and its registrations (A2P, toll-free verification) have to be made anew. Some countries want an address in the account that it goes to.",
  releasedMeans: "A released number stops at once, and nobody can be sure of getting it back.",
  notMoved: "If a number cannot be moved, nothing is closed.",
  notWhole: "Without all of its numbers it is not closed from here. Read them again, or look at them in the Twilio Console.",
  /** Instead of whether something was changed: it is not known from that what it was. */
  partly: "What was done before this stays done: numbers that were moved have left it. They were read again above.",
  numbersChanged: "Its phone numbers have changed at Twilio.",
  numbersChangedMeans: "It was not closed. Its numbers were read again: look at what becomes of each, then close it.",

  stops: "2. What stops",
  noAlarm: "No alarm will ever leave it again.",
  suspendedSince: (day: string) => `It has been suspended since ${day}.`,
  keys: (number: number) => plural(number, (n) => ({ one: `Its API key stops for ever.`, other: `Its ${n} API keys stop for ever.` })),
  /** Of so many keys that it has, so many went to these. */
  handedOver: (number: number, keys: number, services: readonly string[]) => {
    if (keys === 1) return `It was handed over to ${lists.and(services)}.`;
    return plural(number, (n) => ({
      one: `${n} of them was handed over to ${lists.and(services)}.`,
      other: `${n} of them were handed over to ${lists.and(services)}.`,
    }));
  },
  history:
    "Its history at Twilio goes with its data, unless your main account was set to keep closed subaccounts. Save what you need before.",
  secretsKept: "What is saved here stays: its API Secrets, your notes and its activity.",

  typeName: "3. Type the name of the customer",
  leave: "Leave it suspended",
  confirm: ({ moved, released }: { moved: number; released: number }) => {
    if (moved > 0 && released > 0) return `${moveAndRelease(moved, released)}, then close`;
    if (moved > 0) return `${moveNumbers(moved)}, then close`;
    return released > 0 ? `${releaseNumbers(released)} and close` : "Close it for ever";
  },
  /** How far it is. */
  moving: (done: string, total: string) => `Moving its numbers, ${done} of ${total} done`,
  closing: "Closing it at Twilio",
  closed: (name: Snippet) => marked`${name} is closed`,
};
