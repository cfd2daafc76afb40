/** What was done with Subvault. */
import type { Snippet } from "svelte";
import type { ActivityKind } from "../../wire";
import type { ActivityGroup } from "../../list/activityGroups";
import type { TimeChoice } from "../../list/activityTimes";
import { count } from "../../numbers";
import { marked } from "../marked";
import { lists } from "./lists";
import { plural } from "./plural";

export const activity = {
  title: "Activity",
  columns: {
    when: "Time",
    what: "What",
    whom: "Customer",
    who: "Who",
    apiKey: "API SID",
  },
  intro: "What was done with Subvault, by whom and on which computer. Secrets are never written down here.",
  opening: "Opening",
  nothing: "Nothing yet",
  nothingMeans: "Subaccounts and keys you create, and what you hand over, are listed here.",
  what: {
    connected: "Connected to Twilio",
    disconnected: "Disconnected from Twilio",
    subaccountCreated: "Subaccount created",
    subaccountRenamed: "Subaccount renamed",
    subaccountSuspended: "Subaccount suspended",
    subaccountReactivated: "Subaccount reactivated",
    subaccountClosed: "Subaccount closed",
    numberMoved: "Phone number moved",
    numberReleased: "Phone number released",
    keyCreated: "API key created",
    keyAdopted: "API key adopted",
    keyRenamed: "API key renamed",
    keyDeleted: "Key deleted at Twilio",
    unusableKeyDeleted: "Unusable key deleted at Twilio",
    nothingWasMade: "An unfinished creation had made nothing",
    handedOver: "Handed over",
    handOverPostponed: "Hand-over put off",
    secretCopied: "Secret copied",
    secretShown: "Secret shown",
    credentialRemoved: "Saved credential removed",
    credentialRestored: "Lost secret put back from its sealed copy",
    passphraseSet: "Recovery passphrase set",
    backupRestored: "Backup restored",
    exported: "Keys saved for another program",
  } satisfies Record<ActivityKind, string>,
  /** Who deleted a key elsewhere. */
  notKnown: "Not known",
  handedOverTo: (service: string) => `Handed over to ${service}`,
  /** Below what was done. */
  nameBefore: (name: Snippet) => marked`Before: ${name}`,
  /** Of a number: where it went to, after what was done or by itself below it. */
  numberTo: (number: string, account: Snippet) => marked`${number} to ${account}`,
  numberMovedTo: (number: string, account: Snippet) => marked`Phone number ${number} moved to ${account}`,
  numberReleased: (number: string) => `Phone number ${number} released`,
  renamedFrom: (name: Snippet) => marked`Subaccount renamed, before: ${name}`,
  byWhom: (user: Snippet, computer: Snippet) => marked`${user}, ${computer}`,

  request: (id: string) => `Twilio’s request ${id}`,

  /** Narrowing it. */
  search: "Search by customer or any SID",
  kind: "Kind",
  anyKind: "any",
  groups: {
    subaccounts: "Subaccounts",
    keys: "Keys",
    secrets: "Secrets and hand-over",
    numbers: "Phone numbers",
    connection: "Connection and backup",
  } satisfies Record<ActivityGroup, string>,
  time: "Time",
  anyTime: "any",
  times: {
    today: "Today",
    last7Days: "Last 7 days",
    last30Days: "Last 30 days",
    last12Months: "Last 12 months",
    between: "From … to",
  } satisfies Record<TimeChoice, string>,
  from: "From",
  to: "To",
  turnedRound: "The first day comes after the last one.",
  found: (entries: number) => plural(entries, (n) => ({ one: `${n} entry found`, other: `${n} entries found` })),

  /** Below the rows. */
  shown: (shown: number, all: number) =>
    shown < all
      ? `The newest ${count(shown)} of ${count(all)} entries are shown.`
      : plural(all, (n) => ({ one: `${n} entry.`, other: `${n} entries.` })),
  showMore: (more: number) => `Show ${count(more)} more`,
  readingMore: "Reading",

  /** Instead of rows. */
  nothingFound: "Nothing found",
  noSuchCustomer: "No customer here has this name or SID",
  /** What it was narrowed by, such as a name and "Last 7 days". */
  lookedFor: (by: readonly string[]) => `Looked for: ${lists.plain(by)}.`,
  /** `text` was typed into the search. */
  typed: (text: string) => `“${text}”`,
  fromDay: (day: string) => `from ${day}`,
  toDay: (day: string) => `to ${day}`,
  showAll: "Show all entries",

  /** Writing it into a file. */
  exportList: "Export list…",
  exportAs: (entries: number) => ({
    csv: plural(entries, (n) => ({ one: `${n} entry as CSV`, other: `${n} entries as CSV` })),
    xlsx: plural(entries, (n) => ({ one: `${n} entry for Excel`, other: `${n} entries for Excel` })),
  }),
  exported: (entries: number, file: string) =>
    plural(entries, (n) => ({
      one: `${n} entry is in ${file}. No secret is in it.`,
      other: `${n} entries are in ${file}. No secret is in it.`,
    })),
  table: {
    file: "Activity",
    time: "Time",
    what: "What",
    customer: "Customer",
    accountSid: "Account SID",
    customerNumber: "Customer number",
    keySid: "API SID",
    detail: "Detail",
    who: "Who",
    computer: "Computer",
    requestId: "Twilio’s request",
  },

  /** One entry beside the list. */
  entry: {
    label: "About this entry",
    customer: "Customer",
    mainAccount: "Main account",
    openCustomer: "Open customer",
    accountSid: "Account SID",
    keySid: "API SID",
    who: "Who",
    computer: "Computer",
    requestId: "Twilio’s request",
    requestMeans: "Twilio’s support asks for this when a question is about this one change.",
    /** What the word or name that goes with it is. */
    details: {
      connected: "Account",
      disconnected: "Account",
      subaccountCreated: "Name then",
      subaccountRenamed: "Name before",
      subaccountSuspended: "Reason",
      subaccountReactivated: "Reason",
      subaccountClosed: "Reason",
      numberMoved: "Number, and to whom",
      numberReleased: "Number",
      keyCreated: "Key name",
      keyAdopted: "Key name",
      keyRenamed: "Name before",
      keyDeleted: "Key name",
      unusableKeyDeleted: "Key name",
      nothingWasMade: "Name",
      handedOver: "Handed over to",
      handOverPostponed: "Key name",
      secretCopied: "Key name",
      secretShown: "Key name",
      credentialRemoved: "Key name",
      credentialRestored: "Key name",
      passphraseSet: "Detail",
      backupRestored: "Keys put back",
      exported: "Keys in the file",
    } satisfies Record<ActivityKind, string>,
  },
};
