/** The list of subaccounts. */
import type { Snippet } from "svelte";
import type { SortColumn } from "../../wire";
import { marked } from "../marked";
import { plural } from "./plural";

export const list = {
  title: "Subaccounts",
  newSubaccount: "New subaccount",
  connectFirst: "Connect your Twilio account first",
  search: "Search by name, or paste any SID to see whose it is",

  columns: {
    name: "Name",
    customerNumber: "Customer no.",
    status: "Status",
    credentials: "Credentials",
    spend: "This month",
  } satisfies Record<SortColumn, string>,
  columnsMenu: "Columns",
  sortBy: "Sort by",
  turnOrder: "Turn the order round",

  /** The tick in a list's head. */
  tickAll: (shown: string) => `Select all ${shown} shown`,

  filterBy: "Show",
  filters: {
    all: "All",
    active: "Active",
    suspended: "Suspended",
    closed: "Closed",
    attention: "Needs attention",
  },
  tag: "Tag",
  anyTag: "any",
  found: (subaccounts: number) => plural(subaccounts, (n) => ({ one: `${n} subaccount found`, other: `${n} subaccounts found` })),

  /** A row. */
  numberFound: (number: Snippet) => marked`No. ${number}`,
  keyFound: (sid: Snippet) => marked`API key ${sid}`,
  spendNotKnown: "Not known yet",
  spendCannotBeRead: "Can’t be read",
  usageCannotBeRead: "usage cannot be read",

  /** Without a connection. */
  offline: "Twilio cannot be reached.",
  offlineMeans: (age: string) => `Showing what was saved ${age}. Saved values can be copied.`,

  /** Instead of rows. */
  reading: "Reading your subaccounts from Twilio…",
  stopped: "Reading was stopped",
  stoppedMeans: "Your subaccounts have not been read yet.",
  readNow: "Read them now",
  empty: "No subaccounts yet",
  emptyMeans: "A subaccount keeps one customer’s calls, messages and bill apart from the others. Creating one takes a name and a click.",
  ownAccount: "This is your own account",
  ownAccountMeans: (name: Snippet) => marked`It is the Account SID of ${name}, the account that owns the subaccounts.`,
  noSuchSid: "No subaccount here has this SID",
  noSuchSidMeans: "It may belong to another Twilio account, or to a key made after the list was last read.",
  noSuchSidSince: (age: string) => `It may belong to another Twilio account, or to a key made after the list was last read (${age}).`,
  nothingFound: "Nothing found",
  noneInThisState: "No subaccount is in this state.",
  noneHasThis: "No name and no SID has this in it.",
  noneShownHasThis: "No name and no SID has this in it among the ones shown.",
  showAll: "Show all subaccounts",
};
