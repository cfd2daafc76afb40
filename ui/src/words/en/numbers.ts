/** The phone numbers of a subaccount: what they are, moving one, releasing one. */
import type { Snippet } from "svelte";
import type { PhoneNumberKind } from "../../wire";
import { marked } from "../marked";
import { plural } from "./plural";

export const numbers = {
  reading: "Reading its phone numbers from Twilio",
  closed: "A closed subaccount has no phone numbers. They were moved before, or released with it.",
  gone: "Twilio tells no phone numbers of a subaccount that it no longer lists.",
  none: "It has no phone number.",
  readAt: (age: string) => `Read from Twilio ${age}.`,
  readAgain: "Read again",
  /** Why none can be read now stands before it. */
  notKept: "Phone numbers are kept nowhere here: they are read from Twilio when you look at them.",
  notWhole: "Twilio did not tell all of its numbers. There may be more than these.",
  withoutSid: (number: number) =>
    plural(number, (n) => ({
      one: `${n} more number could not be read. Look at it in the Twilio Console.`,
      other: `${n} more numbers could not be read. Look at them in the Twilio Console.`,
    })),
  costLastMonth: (cost: string, number: number) =>
    plural(number, () => ({ one: `Last month its number cost ${cost}.`, other: `Last month its numbers cost ${cost}.` })),
  unreadable: (sid: string) => `A number that cannot be read, ${sid}`,
  whatUses: "Moving or releasing a number stops what uses it. Each says what, before anything is done.",

  /** What a number can do. */
  can: {
    textAndCall: "Text and call",
    text: "Text only",
    call: "Call only",
    neither: "Neither text nor call",
    notKnown: "What it can do is not known",
  },
  kinds: {
    local: "Local",
    mobile: "Mobile",
    tollFree: "Toll-free",
    national: "National",
  } satisfies Record<PhoneNumberKind, string>,
  number: "Number",
  move: "Move…",
  release: "Release…",
  /** A button, for those who do not see what stands beside it. */
  buttonOf: (button: string, number: string) => `${button} ${number}`,
  notReadable: "Its number cannot be read, so it cannot be typed to release it. Do that in the Twilio Console.",

  /** Where it goes. */
  place: (name: string) => `Move to ${name}`,
  another: "Move to another subaccount…",
  find: "Find the subaccount by its name or SID",
  noOther: "There is no other active subaccount.",
  noneFound: "No active subaccount has this in its name or SID.",
  moreFound: (number: number) =>
    plural(number, (n) => ({ one: `${n} more. Type more of its name.`, other: `${n} more. Type more of its name.` })),

  /** Moving: what is done, and in which main account. The customer's name stands large below. */
  moveOne: (account: string) => `Move a phone number of a subaccount of ${account}`,
  moveTo: "Where it goes",
  moveStops: "What is sent with it from here stops: this customer’s alarms can no longer leave by this number.",
  moveSettings:
    "What it was set to do when somebody calls or texts it (its webhooks) may have to be set again. It leaves its messaging service.",
  moveRegistrations: {
    tollFree: "Its toll-free verification is lost. Until it is verified anew, Twilio does not send its texts.",
    other: "Its registration for texts to the US (A2P) is lost. Until it is registered anew, such texts may not arrive.",
    notKnown: "Its registrations (A2P, toll-free verification) are lost. Until they are made anew, its texts may not arrive.",
  },
  moveAddress: "Some countries want an address in the account that it goes to. Where there is none, Twilio refuses and nothing changes.",
  moveKept: "The number itself and its monthly price stay the same. It can be moved back.",
  confirmMove: (number: string) => `Move ${number}`,
  moving: "Moving it at Twilio",
  moved: (number: string) => (name: Snippet) => marked`${number} now belongs to ${name}`,

  /** Moving one here from another account. */
  moveHere: "Move one here…",
  bringOne: (account: string) => `Give a phone number to a subaccount of ${account}`,
  from: "From which account",
  fromAnother: "Another subaccount…",
  which: "Which number",
  noneThere: "That account has no phone number.",
  whichStops: "What is sent with it from the account that has it stops.",
  bring: "Move it here",
  bringing: (number: string) => `Move ${number} here`,

  /** Releasing. */
  releaseOne: (account: string) => `Release a phone number of a subaccount of ${account}`,
  releaseStops: "No text and no call leaves or reaches this number any more, from this moment on.",
  releaseGone: "Nobody can be sure of getting it back: Twilio gives it to somebody else.",
  releaseForever: "It cannot be undone.",
  releaseCost: "Its monthly price ends.",
  safer: "Moved to your main account it stays yours.",
  typeNumber: "Type the number to release it",
  numberIsRight: "The number is right.",
  keep: "Keep the number",
  confirmRelease: (number: string) => `Release ${number}`,
  releasing: "Releasing it at Twilio",
  released: (number: string) => `${number} is released`,
};
