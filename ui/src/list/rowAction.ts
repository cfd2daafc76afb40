/** One thing that can be done with a row, for the row's menu. */
export type RowAction = {
  label: string;
  /** Why it cannot be done now; null where it can. */
  reason: string | null;
  run: () => void;
};
