/** Suspending subaccounts, and bringing them back. */
import type { Snippet } from "svelte";
import { marked } from "../marked";
import { plural } from "./plural";

export const suspending = {
  suspend: "Suspend…",
  reactivate: "Reactivate…",

  /** The dialog: what is done, and in which main account. The customer's name stands large below, where it is one. */
  suspendOne: (account: string) => `Suspend a subaccount of ${account}`,
  suspendSeveral: (number: number, account: string) =>
    plural(number, (n) => ({ one: `Suspend ${n} subaccount of ${account}`, other: `Suspend ${n} subaccounts of ${account}` })),
  reactivateOne: (account: string) => `Reactivate a subaccount of ${account}`,
  reactivateSeveral: (number: number, account: string) =>
    plural(number, (n) => ({ one: `Reactivate ${n} subaccount of ${account}`, other: `Reactivate ${n} subaccounts of ${account}` })),
  /** Where the main account's name is not known. */
  yourAccount: "your Twilio account",
  whom: "Subaccounts",

  /** What it means, for one and for several. */
  alarmsStop: { one: "Its alarms are not sent.", several: "Their alarms are not sent." },
  nothingLeaves: {
    one: "No text and no call leaves this subaccount while it is suspended.",
    several: "No text and no call leaves these subaccounts while they are suspended.",
  },
  numbersStay: { one: "Its phone numbers stay, and go on costing money.", several: "Their phone numbers stay, and go on costing money." },
  callsGoOn: "A call that is running goes on to its end.",
  canBeUndone: {
    one: "You can reactivate it at any time. Keys, numbers and settings are kept.",
    several: "You can reactivate them at any time. Keys, numbers and settings are kept.",
  },
  reason: "Reason",
  reasonHint: "kept in Activity, if you like",
  remind: "Remind me in Needs attention",
  remindIn: (days: number, day: string) => plural(days, (n) => ({ one: `in ${n} day, on ${day}`, other: `in ${n} days, on ${day}` })),
  remindNever: "Do not remind me",
  atOnce: "Changes Twilio at once.",

  worksAgain: {
    one: "Its alarms can be sent again, and its keys work again, at once.",
    several: "Their alarms can be sent again, and their keys work again, at once.",
  },
  newKeysAgain: "New API keys can be made again.",

  confirmSuspend: (name: Snippet) => marked`Suspend ${name}`,
  confirmSuspendSeveral: (number: number) => plural(number, (n) => ({ one: `Suspend ${n} subaccount`, other: `Suspend ${n} subaccounts` })),
  confirmReactivate: (name: Snippet) => marked`Reactivate ${name}`,
  confirmReactivateSeveral: (number: number) =>
    plural(number, (n) => ({ one: `Reactivate ${n} subaccount`, other: `Reactivate ${n} subaccounts` })),
  changing: "Changing it at Twilio",
  suspended: (name: Snippet) => marked`${name} is suspended`,
  reactivated: (name: Snippet) => marked`${name} is active again`,

  /** Why neither can be done now. */
  notConnected: "Connect your Twilio account first.",
  offline: "Twilio cannot be reached.",

  /** In the pane. */
  suspendedHere: (age: string) => `Suspended here ${age}`,
  suspendedHereBecause: (age: string, reason: string) => `Suspended here ${age} · ${reason}`,
  notFromHere: "Suspended, not from here",
};
