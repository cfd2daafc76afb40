/** One thing that can be done with a row, for the row's menu. */
export type RowAction = {
  label: string;
  /** Why it cannot be done now; null where it can. */
  reason: string | null;
  /** Something stops at the customer's: it stands last, after a line. */
  danger?: true;
  run: () => void;
};
