/** One thing that can be done with a row, for the row's menu. */
export type RowAction = {
  label: string;
  /** Why it cannot be done now; null where it can. */
  reason: string | null;
  /** It is on or off, and the menu stays open while it is switched. */
  checked?: boolean;
  /** Something stops at the customer's: it stands last, after a line. */
  danger?: true;
  run: () => void;
};
