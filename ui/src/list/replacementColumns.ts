/** The columns of the list of keys that are being replaced. It has one order, by whom each waits for. */
import { words } from "../words";
import type { Column } from "./columns";
import type { ListedRow } from "./replacementRows";

export type ReplacementColumn = "customer" | "stands" | "waits";

export const replacementColumns: readonly Column<ListedRow, ReplacementColumn>[] = [
  {
    id: "customer",
    get title() {
      return words().replacing.columns.customer;
    },
    width: { least: 10 },
    priority: 0,
  },
  {
    id: "stands",
    get title() {
      return words().replacing.columns.stands;
    },
    width: { least: 8, most: 16 },
    priority: 2,
  },
  {
    id: "waits",
    get title() {
      return words().replacing.columns.waits;
    },
    width: { least: 8.25, most: 14 },
    priority: 1,
  },
];
