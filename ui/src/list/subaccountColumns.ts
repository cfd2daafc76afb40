/** The columns of the list of subaccounts. */
import type { Sort, SortColumn, SubaccountStatus } from "../wire";
import { startWords } from "../words/start.svelte";
import { byName } from "./byName";
import { byValue, inOrder, lastIfMissing, type Column } from "./columns";
import type { Entry } from "./entries";

const statusOrder: Record<SubaccountStatus, number> = { active: 0, suspended: 1, closed: 2, unknown: 3 };

const names = (left: Entry, right: Entry) => byName(left.row.name, right.row.name);

export const subaccountColumns: readonly Column<Entry, SortColumn>[] = [
  {
    id: "name",
    get title() {
      return startWords().list.columns.name;
    },
    width: { least: 14 },
    priority: 0,
    compare: (left, right, direction) => direction * names(left, right),
  },
  {
    id: "customerNumber",
    get title() {
      return startWords().list.columns.customerNumber;
    },
    width: { least: 6.75, most: 8 },
    priority: 4,
    compare: ({ row: left }, { row: right }, direction) =>
      lastIfMissing(left.customerNumber || null, right.customerNumber || null) ??
      direction * byName(left.customerNumber, right.customerNumber),
  },
  {
    id: "status",
    get title() {
      return startWords().list.columns.status;
    },
    width: { least: 6.25, most: 6.25 },
    priority: 2,
    compare: (left, right, direction) => direction * (statusOrder[left.row.status] - statusOrder[right.row.status]),
  },
  {
    id: "credentials",
    get title() {
      return startWords().list.columns.credentials;
    },
    width: { least: 6.5, most: 13.5 },
    priority: 1,
    compare: (left, right, direction) =>
      direction * (left.credentials.urgency - right.credentials.urgency || right.row.saved - left.row.saved),
  },
  {
    id: "spend",
    get title() {
      return startWords().list.columns.spend;
    },
    width: { least: 6.25, most: 6.25 },
    priority: 3,
    align: "end",
    compare: (left, right, direction) => lastIfMissing(left.spend, right.spend) ?? direction * byValue(left.spend ?? 0n, right.spend ?? 0n),
    greatestFirst: true,
  },
];

const withoutNumber = subaccountColumns.filter(({ id }) => id !== "customerNumber");

/** The columns that there are: customer numbers where any is known. */
export function columnsOf(hasNumbers: boolean): readonly Column<Entry, SortColumn>[] {
  return hasNumbers ? subaccountColumns : withoutNumber;
}

/** The entries in the order asked for; equal ones by name, then by SID. Unknown values come last. */
export function sorted(entries: readonly Entry[], sort: Sort): Entry[] {
  return inOrder(entries, subaccountColumns, sort, (left, right) => names(left, right) || byValue(left.row.sid, right.row.sid));
}
