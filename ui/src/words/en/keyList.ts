/** The list of the keys of all subaccounts. */
import type { Snippet } from "svelte";
import type { KeyState, KeyType, Region, SubaccountStatus } from "../../wire";
import type { Age } from "../../list/age";
import type { KeyView } from "../../list/keyViews";
import { count } from "../../numbers";
import { marked } from "../marked";
import { lists } from "./lists";
import { plural } from "./plural";

/** So many names stand in a sentence. */
const mostNamed = 3;

export const keyList = {
  search: "Search by key, customer or any SID",
  columns: {
    key: "Key",
    type: "Type",
    age: "Age",
    secret: "Secret",
    handedOver: "Handed over",
    proved: "Proved",
  },
  view: (view: KeyView, months: number) =>
    ({
      all: "All",
      secretNotHere: "Secret not here",
      notHandedOver: "Not handed over",
      old: plural(months, (n) => ({ one: `Older than ${n} month`, other: `Older than ${n} months` })),
      gone: "Gone at Twilio",
    })[view],
  type: "Type",
  anyType: "any",
  region: "Region",
  anyRegion: "any",
  types: { standard: "Standard", standardOrMain: "Standard or Main" } satisfies Record<KeyType, string>,

  /** A row. */
  customerAndSid: (customer: Snippet, sid: Snippet) => marked`${customer} · ${sid}`,
  accountFound: (sid: Snippet) => marked`Account SID ${sid}`,
  status: { active: "", suspended: "suspended", closed: "closed", unknown: "status not known" } satisfies Record<SubaccountStatus, string>,
  standard: "Standard",
  orMain: "or Main",
  regions: { us1: "US1", ie1: "IE1", au1: "AU1" } satisfies Record<Region, string>,
  age: ({ unit, number }: Age) =>
    unit === "days"
      ? number === 0
        ? "today"
        : plural(number, (n) => ({ one: `${n} day`, other: `${n} days` }))
      : plural(number, (n) => ({ one: `${n} month`, other: `${n} months` })),
  secrets: {
    saved: "Saved here",
    sealedOnly: "Sealed copy",
    notSaved: "Made elsewhere",
    removedAtTwilio: "Gone at Twilio",
    unfinished: "Unfinished",
  } satisfies Record<KeyState, string>,
  notHandedOver: "Not handed over",
  notKnown: "Not known",
  refused: "refused",
  neverProved: "Not proved",

  found: (keys: number) => plural(keys, (n) => ({ one: `${n} key found`, other: `${n} keys found` })),

  /** Below the rows. `age` is a time in words, such as "2 min ago". */
  shown: (shown: number, all: number) =>
    plural(all, (n) => ({ one: `${count(shown)} of ${n} key.`, other: `${count(shown)} of ${n} keys.` })),
  read: (age: string) => `All subaccounts were read ${age}`,
  noneRead: "The keys of no subaccount were read yet",
  /** After one of the two above; each is a number of subaccounts. `names` are those of the ones that could not be read. */
  exceptions: (notReadable: number, names: readonly string[], notReadYet: number) => {
    const named = names.slice(0, mostNamed);
    const more = notReadable - named.length;
    const which = lists.plain(more > 0 ? [...named, `${count(more)} more`] : named);
    const failed = notReadable > 0 ? [`${count(notReadable)} could not be read: ${which}`] : [];
    const waiting = notReadYet > 0 ? [plural(notReadYet, (n) => ({ one: `${n} is not read yet`, other: `${n} are not read yet` }))] : [];
    return [...failed, ...waiting].map((one) => `; ${one}`).join("");
  },
  readAgain: "Read these again",
  readingAgain: "Reading",

  /** Writing the list, without secrets, into a file. */
  exportList: "Export list…",
  exportAs: (keys: number) => ({
    csv: plural(keys, (n) => ({ one: `${n} key as CSV`, other: `${n} keys as CSV` })),
    xlsx: plural(keys, (n) => ({ one: `${n} key for Excel`, other: `${n} keys for Excel` })),
  }),
  exported: (keys: number, file: string) =>
    plural(keys, (n) => ({
      one: `${n} key is in ${file}, without its secret.`,
      other: `${n} keys are in ${file}, without their secrets.`,
    })),
  table: {
    file: "Keys",
    key: "Key",
    keySid: "API SID",
    customer: "Customer",
    customerNumber: "Customer number",
    accountSid: "Account SID",
    type: "Type",
    region: "Region",
    createdAt: "Created",
    secret: "Secret",
    handedOverTo: "Handed over to",
    handedOverAt: "Handed over",
    provedAt: "Proved",
    refusedAt: "Refused",
  },

  /** Instead of rows. */
  reading: "Reading the keys of your subaccounts from Twilio…",
  stoppedMeans: "The keys of your subaccounts have not been read yet.",
  empty: "No keys yet",
  emptyMeans:
    "The keys of all subaccounts are listed here, whoever made them. A subaccount’s first key is made along with it, and keys that were made elsewhere can be adopted.",
  toSubaccounts: "Go to Subaccounts",
  noSuchSid: "No key and no subaccount here has this SID",
  noneInThisView: "No key is in this view.",
  noneHasThis: "No key, no customer and no SID has this in it.",
  noneShownHasThis: "No key, no customer and no SID has this in it among the ones shown.",
  showAll: "Show all keys",
};
