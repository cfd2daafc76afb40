/** What the list says about a subaccount's credentials, and whether it needs attention. */
import type { SubaccountRow } from "../wire";

export type Tone = "ok" | "warn" | "bad" | "off";

export type Credentials = {
  label: string;
  tone: Tone;
  /** Said beside the label: something true as well, but less urgent. */
  aside: string | null;
  /** For sorting: what needs a person most comes first. */
  urgency: number;
};

/** The one thing about the keys of a subaccount that matters most. */
export function credentialsOf(row: SubaccountRow): Credentials {
  if (row.unfinished > 0) return { label: "Unfinished", tone: "warn", aside: null, urgency: 0 };
  if (row.removed > 0) return { label: "Key removed at Twilio", tone: "bad", aside: null, urgency: 1 };
  if (row.notHandedOver > 0) {
    return { label: `${row.notHandedOver} not handed over`, tone: "warn", aside: null, urgency: 2 };
  }
  const unsaved = row.unsaved ?? 0;
  if (row.saved > 0) {
    return { label: `${row.saved} saved`, tone: "ok", aside: unsaved > 0 ? `${unsaved} not saved` : null, urgency: unsaved > 0 ? 4 : 5 };
  }
  if (unsaved > 0) return { label: "Secret not saved", tone: "off", aside: null, urgency: 3 };
  if (row.unsaved === null) return { label: "Not read yet", tone: "off", aside: null, urgency: 7 };
  return { label: "No key yet", tone: "off", aside: null, urgency: 6 };
}

/**
 * Something here waits for a person. A closed subaccount, or one that Twilio no longer lists, only counts when a step is unfinished. A key
 * that was made elsewhere and whose secret is not here does not: it may well be in use, and every customer from before Subvault has one.
 */
export function needsAttention(row: SubaccountRow): boolean {
  if (row.unfinished > 0) return true;
  if (row.status === "closed" || row.gone) return false;
  return row.removed > 0 || row.notHandedOver > 0;
}
