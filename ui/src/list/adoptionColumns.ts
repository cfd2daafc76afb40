/** The columns of the keys that are to be adopted, or were. */
import { words } from "../words";
import type { AdoptionRow } from "./adoptionRows";
import { byName } from "./byName";
import { inOrder, lastIfMissing, type Column, type Order } from "./columns";

export type AdoptionColumn = "key" | "customer" | "state";
export type AdoptionOrder = Order<AdoptionColumn>;

/** What needs a person first. */
export const firstOrder: AdoptionOrder = { column: "state", descending: false };

const columns = (state: () => string): readonly Column<AdoptionRow, AdoptionColumn>[] => [
  {
    id: "key",
    get title() {
      return words().adopting.columns.key;
    },
    width: { least: 14 },
    priority: 0,
    compare: (left, right, direction) => direction * byName(left.shownName, right.shownName),
  },
  {
    id: "customer",
    get title() {
      return words().adopting.columns.customer;
    },
    width: { least: 9, most: 14 },
    priority: 2,
    compare: (left, right, direction) =>
      lastIfMissing(left.customer, right.customer) ?? direction * byName(left.customer ?? "", right.customer ?? ""),
  },
  {
    id: "state",
    get title() {
      return state();
    },
    width: { least: 13, most: 26 },
    priority: 1,
    compare: (left, right, direction) => direction * (left.urgency - right.urgency),
  },
];

/** Before they are tried, and afterwards. */
export const foundColumns = columns(() => words().adopting.columns.fits);
export const adoptedColumns = columns(() => words().adopting.columns.outcome);

/** Of equal ones that which stood first comes first. */
export function sorted(rows: readonly AdoptionRow[], order: AdoptionOrder): AdoptionRow[] {
  return inOrder(rows, foundColumns, order, (left, right) => Number(left.id) - Number(right.id));
}
