import { locale } from "../format";
import type { Sort, SubaccountStatus } from "../wire";
import type { Entry } from "./entries";

const byName = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });
/** Among names that differ in case and accents alone: small letters before capitals, plain ones before accented. */
const byWriting = new Intl.Collator(locale, { numeric: true, sensitivity: "variant", caseFirst: "lower" });

const statusOrder: Record<SubaccountStatus, number> = { active: 0, suspended: 1, closed: 2, unknown: 3 };

/** The entries in the order asked for; equal ones by name, then by SID, so that the order never jumps. Unknown values come last. */
export function sorted(entries: readonly Entry[], sort: Sort): Entry[] {
  const compare = comparisons[sort.column];
  const direction = sort.descending ? -1 : 1;
  return [...entries].sort((left, right) => compare(left, right, direction) || names(left, right) || order(left.row.sid, right.row.sid));
}

type Comparison = (left: Entry, right: Entry, direction: 1 | -1) => number;

const names = (left: Entry, right: Entry) =>
  byName.compare(left.row.name, right.row.name) || byWriting.compare(left.row.name, right.row.name);

const comparisons: Record<Sort["column"], Comparison> = {
  name: (left, right, direction) => direction * names(left, right),
  status: (left, right, direction) => direction * (statusOrder[left.row.status] - statusOrder[right.row.status]),
  credentials: (left, right, direction) =>
    direction * (left.credentials.urgency - right.credentials.urgency || right.row.saved - left.row.saved),
  spend: (left, right, direction) => lastIfMissing(left.spend, right.spend) ?? direction * order(left.spend ?? 0n, right.spend ?? 0n),
};

function lastIfMissing(left: unknown, right: unknown): number | null {
  if (left !== null && right !== null) return null;
  return Number(left === null) - Number(right === null);
}

function order<Value extends string | bigint>(left: Value, right: Value): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
