/** What runs, what waits to be gone on with, and what has a result. */
import type { Pause } from "../../state/work";
import type { OperationKind, Order } from "../../wire";
import { count } from "../../numbers";
import { lists } from "./lists";
import { plural } from "./plural";

type Said = {
  /** While it runs. */
  doing: (orders: number) => string;
  short: string;
  /** What came of it. */
  done: (orders: number) => string;
  /** The same of one. */
  one: string;
};

const ofSubaccounts = (number: number, one: string, other: string) =>
  plural(number, (n) => ({ one: `${n} subaccount ${one}`, other: `${n} subaccounts ${other}` }));
const doingSubaccounts = (doing: string) => (number: number) =>
  plural(number, (n) => ({ one: `${doing} ${n} subaccount`, other: `${doing} ${n} subaccounts` }));
const doingKeys = (doing: string) => (number: number) =>
  plural(number, (n) => ({ one: `${doing} ${n} API key`, other: `${doing} ${n} API keys` }));
const ofKeys = (number: number, one: string, other: string) =>
  plural(number, (n) => ({ one: `${n} API key ${one}`, other: `${n} API keys ${other}` }));
const doingNumbers = (doing: string) => (number: number) =>
  plural(number, (n) => ({ one: `${doing} ${n} phone number`, other: `${doing} ${n} phone numbers` }));
const ofNumbers = (number: number, one: string, other: string) =>
  plural(number, (n) => ({ one: `${n} phone number ${one}`, other: `${n} phone numbers ${other}` }));
const readSubaccounts = {
  doing: doingSubaccounts("Reading"),
  short: "Reading",
  done: (number: number) => ofSubaccounts(number, "was read", "were read"),
  one: "Read",
};

export const work = {
  title: "Running work",
  nothing: "Nothing is running",
  nothingMeans: "What takes long is listed here while it runs, and until you have seen what became of it.",

  /** In the block of the rail: what has no line of its own there. */
  rest: ({ more, paused, ended }: { more: number; paused: number; ended: number }) =>
    lists.plain([
      ...(more > 0 ? [plural(more, (n) => ({ one: `${n} more running`, other: `${n} more running` }))] : []),
      ...(paused > 0 ? [plural(paused, (n) => ({ one: `${n} paused`, other: `${n} paused` }))] : []),
      ...(ended > 0 ? [plural(ended, (n) => ({ one: `${n} with a result`, other: `${n} with a result` }))] : []),
    ]),
  now: (running: number) => plural(running, (n) => ({ one: `${n} now`, other: `${n} now` })),

  orders: {
    suspendSubaccount: {
      doing: doingSubaccounts("Suspending"),
      short: "Suspending",
      done: (number) => ofSubaccounts(number, "is suspended", "are suspended"),
      one: "Suspended",
    },
    reactivateSubaccount: {
      doing: doingSubaccounts("Reactivating"),
      short: "Reactivating",
      done: (number) => ofSubaccounts(number, "is active again", "are active again"),
      one: "Active again",
    },
    createSubaccount: {
      doing: doingSubaccounts("Creating"),
      short: "Creating",
      done: (number) => ofSubaccounts(number, "was created", "were created"),
      one: "Key saved and proved",
    },
    renameSubaccount: {
      doing: doingSubaccounts("Renaming"),
      short: "Renaming",
      done: (number) => ofSubaccounts(number, "has its new name", "have their new names"),
      one: "Renamed",
    },
    readSubaccount: readSubaccounts,
    refresh: readSubaccounts,
    createKey: {
      doing: doingKeys("Creating"),
      short: "Creating keys",
      done: (number) => ofKeys(number, "was created", "were created"),
      one: "Key saved and proved",
    },
    renameKey: {
      doing: doingKeys("Renaming"),
      short: "Renaming keys",
      done: (number) => ofKeys(number, "has its new name", "have their new names"),
      one: "Renamed",
    },
    revokeKey: {
      doing: doingKeys("Revoking"),
      short: "Revoking keys",
      done: (number) => ofKeys(number, "was revoked", "were revoked"),
      one: "Revoked",
    },
    replaceKey: {
      doing: doingKeys("Replacing"),
      short: "Replacing keys",
      done: (number) => ofKeys(number, "has a successor", "have a successor"),
      one: "New key saved and proved",
    },
    lookForUse: {
      doing: doingKeys("Looking for the use of"),
      short: "Looking",
      done: (number) => ofKeys(number, "was looked at", "were looked at"),
      one: "Looked",
    },
    deleteReplacedKey: {
      doing: doingKeys("Deleting"),
      short: "Deleting old keys",
      done: (number) => ofKeys(number, "was deleted", "were deleted"),
      one: "Old key deleted",
    },
    giveUpReplacing: {
      doing: doingKeys("Giving up replacing"),
      short: "Giving up",
      done: (number) => ofKeys(number, "stays as it was", "stay as they were"),
      one: "New key deleted",
    },
    closeSubaccount: {
      doing: doingSubaccounts("Closing"),
      short: "Closing",
      done: (number) => ofSubaccounts(number, "is closed", "are closed"),
      one: "Closed",
    },
    moveNumber: {
      doing: doingNumbers("Moving"),
      short: "Moving numbers",
      done: (number) => ofNumbers(number, "was moved", "were moved"),
      one: "Moved",
    },
    releaseNumber: {
      doing: doingNumbers("Releasing"),
      short: "Releasing numbers",
      done: (number) => ofNumbers(number, "was released", "were released"),
      one: "Released",
    },
    proveKey: {
      doing: doingKeys("Proving"),
      short: "Proving keys",
      done: (number) => ofKeys(number, "works", "work"),
      one: "Works",
    },
    finish: {
      doing: (number) => plural(number, (n) => ({ one: `Finishing ${n} thing`, other: `Finishing ${n} things` })),
      short: "Finishing",
      done: (number) => plural(number, (n) => ({ one: `${n} thing is finished`, other: `${n} things are finished` })),
      one: "Finished",
    },
    checkComputer: {
      doing: () => "Checking this computer",
      short: "Checking",
      done: () => "This computer was checked",
      one: "Checked",
    },
  } satisfies Record<Order["what"], Said>,
  /** A batch whose orders do not all do the same. */
  several: {
    doing: (number: number) => plural(number, (n) => ({ one: `Carrying out ${n} change`, other: `Carrying out ${n} changes` })),
    short: "Changes",
    done: (number: number) => plural(number, (n) => ({ one: `${n} change is done`, other: `${n} changes are done` })),
    one: "Done",
  } satisfies Said,
  long: {
    closeSubaccount: "Closing a subaccount",
    refresh: "Reading from Twilio",
    backUp: "Making a backup",
    restore: "Restoring a backup",
    settle: "Finishing the restore",
    putBack: "Putting secrets back",
    adoptKeys: "Adopting keys",
  } satisfies Partial<Record<OperationKind, string>>,

  counts: (done: number, total: number) => `${count(done)} of ${count(total)}`,
  countsDone: (done: number, total: number) => `${count(done)} of ${count(total)} done`,
  underAMinute: "less than 1 min left",
  minutesLeft: (minutes: number) => plural(minutes, (n) => ({ one: `about ${n} min left`, other: `about ${n} min left` })),
  didNotWork: (orders: number) => plural(orders, (n) => ({ one: `${n} did not work`, other: `${n} did not work` })),
  pauses: {
    stopped: "Stopped",
    signInRefused: "Paused: Twilio refused the sign-in",
    failed: "Paused: it could not go on",
    closed: "Paused when Subvault was closed",
  } satisfies Record<Pause, string>,
  ended: (age: string) => `Begun ${age}`,

  stop: "Stop",
  stopping: "Stopping",
  goOn: "Go on",
  connectAgain: "Connect again",
  showResult: "Show result",
  discard: "Discard…",
  /** The name of a button for those who do not see what stands beside it. */
  buttonOf: (button: string, what: string) => `${button}: ${what}`,
  means: "Stopping keeps what is done. Closing Subvault pauses what runs: go on with it here, and nothing is done twice.",

  discarding: {
    title: "Discard the rest?",
    text: (left: number) =>
      plural(left, (n) => ({
        one: `${n} of these has not been done, and will not be. Nothing is changed at Twilio by this.`,
        other: `${n} of these have not been done, and will not be. Nothing is changed at Twilio by this.`,
      })),
    stays: "What is done stays.",
    confirm: "Discard the rest",
    cancel: "Keep it",
  },

  /** Read aloud. */
  begun: (what: string) => `Begun: ${what}`,
  endedWith: (what: string) => `Ended: ${what}`,
  waits: (what: string) => `Waits for you: ${what}`,

  /** What became of it. */
  result: {
    title: "Result",
    allWorked: "Everything worked.",
    tryAgain: (orders: number) => plural(orders, (n) => ({ one: `Try ${n} again`, other: `Try ${n} again` })),
    next: "Try these again, or close this: what is done stays.",
    nextElsewhere: "Choose these in the list and order it again. What is done stays.",
    rows: "What became of each",
    stopped: "Stopped. Nothing was changed.",
    notBegun: "Not begun",
    failed: (title: string, happened: string) => `${title}. ${happened}`,
  },
};
