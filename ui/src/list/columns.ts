/** Columns of a list as data: what of a row they are about, how much room they take, and how rows are put in order by them. */

/** Below 0 where the left one comes first. `direction` is for what stands last in both, such as what is not known. */
export type Comparison<Row> = (left: Row, right: Row, direction: 1 | -1) => number;

export type Column<Row, Id extends string = string> = {
  id: Id;
  title: string;
  /** In rem. One without `most` takes whatever room is left. */
  width: { least: number; most?: number };
  /** Where there is no room, the one with the highest leaves first. One with 0 never leaves. */
  priority: number;
  align?: "end";
  /** A column without it cannot be sorted by. */
  compare?: Comparison<Row>;
  /** Who sorts by it for the first time wants what is most, or newest, first. */
  greatestFirst?: true;
};

/** The order that the rows of a list are in. */
export type Order<Id extends string = string> = { column: Id; descending: boolean };

/** Room between two columns, and at both edges of a row, in rem. */
export const gap = 0.5;
export const edge = 0.875;
/** Room for a row's tick, in rem. */
export const tickRoom = 1.625;

/** The columns that there is room for, in rem. Where all of them fit it is the very list that was given. */
export function fitting<Some extends Column<never>>(columns: readonly Some[], room: number): readonly Some[] {
  let shown = columns;
  while (leastRoom(shown) > room) {
    const last = shown.reduce((found, column) => (column.priority >= found.priority ? column : found));
    if (last.priority === 0) break;
    shown = shown.filter((column) => column !== last);
  }
  return shown;
}

function leastRoom(columns: readonly Column<never>[]): number {
  return columns.reduce((sum, { width }) => sum + width.least, 2 * edge + gap * (columns.length - 1));
}

/** The columns as a grid's tracks. */
export function tracks(columns: readonly Column<never>[]): string {
  return columns.map(({ width: { least, most } }) => `minmax(${least}rem, ${most === undefined ? "1fr" : `${most}rem`})`).join(" ");
}

/** The order after this column was chosen: the other way round where it is sorted by that one already. */
export function nextOrder<Id extends string>(columns: readonly Column<never, Id>[], order: Order<Id>, column: Id): Order<Id> {
  if (order.column === column) return { column, descending: !order.descending };
  return { column, descending: columns.find(({ id }) => id === column)?.greatestFirst ?? false };
}

/** The rows in this order; `otherwise` says which of two equal ones comes first, so that the order never jumps. */
export function inOrder<Row, Id extends string>(
  rows: readonly Row[],
  columns: readonly Column<Row, Id>[],
  order: Order<Id>,
  otherwise: (left: Row, right: Row) => number,
): Row[] {
  const compare = columns.find(({ id }) => id === order.column)?.compare ?? (() => 0);
  const direction = order.descending ? -1 : 1;
  return [...rows].sort((left, right) => compare(left, right, direction) || otherwise(left, right));
}

/** What is missing comes last, whatever the direction; null where neither is. */
export function lastIfMissing(left: unknown, right: unknown): number | null {
  if (left !== null && right !== null) return null;
  return Number(left === null) - Number(right === null);
}

/** By the values themselves. */
export function byValue<Value extends string | bigint | number>(left: Value, right: Value): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
