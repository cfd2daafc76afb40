/** What the list says about a subaccount's credentials, and whether it needs attention. */
import type { KeyRow, SubaccountRow } from "../wire";
import { startWords } from "../words/start.svelte";

export type Tone = "ok" | "warn" | "bad" | "off";

export type Credentials = {
  /** The one thing that matters most. */
  label: string;
  tone: Tone;
  /** Its keys and where their secrets are, as far as the label does not say it; empty where there is no key, or none was read yet. */
  keys: string;
  /** For sorting: what needs a person most comes first. */
  urgency: number;
};

export function credentialsOf(row: SubaccountRow): Credentials {
  const said = startWords().credentials;
  const keys = keysOf(row);
  const pressing = pressingOf(row);
  if (pressing !== null) return { ...pressing, keys };
  if (keys !== "") return { label: keys, tone: "ok", keys: "", urgency: quietUrgency(row) };
  if (row.unsaved === null && row.notReadable?.keys) return { label: said.cannotBeRead, tone: "off", keys: "", urgency: 7 };
  if (row.unsaved === null) return { label: said.notReadYet, tone: "off", keys: "", urgency: 7 };
  return { label: said.noKey, tone: "ok", keys: "", urgency: 6 };
}

/** Keys that were made elsewhere come before those of which some secrets are here, and these before those of which all are. */
function quietUrgency({ saved, unsaved }: SubaccountRow): number {
  if (saved === 0) return 3;
  return (unsaved ?? 0) > 0 ? 4 : 5;
}

/** What waits for a person. */
function pressingOf(row: SubaccountRow): Omit<Credentials, "keys"> | null {
  const said = startWords().credentials;
  if (row.unfinished > 0) return { label: said.unfinished, tone: "warn", urgency: 0 };
  if (isWithoutItsKey(row)) return { label: said.keyRemoved, tone: "bad", urgency: 1 };
  if (row.notHandedOver > 0) return { label: said.notHandedOver(row.notHandedOver), tone: "warn", urgency: 2 };
  return null;
}

/** How many keys there are, and of how many the secret is here. */
function keysOf({ saved, unsaved }: SubaccountRow): string {
  const all = saved + (unsaved ?? 0);
  if (all === 0) return "";
  const said = startWords().credentials;
  if (saved === 0) return said.madeElsewhere(all);
  return saved === all ? said.savedHere(all) : said.someSavedHere(all, saved);
}

/** Its secret is here and serves, be it in the keychain or in a sealed copy alone. */
export function canHandOver({ state }: KeyRow): boolean {
  return state === "saved" || state === "sealedOnly";
}

/**
 * Something here waits for a person. A closed subaccount, or one that Twilio no longer lists, only counts when a step is unfinished. A key
 * that was made elsewhere and whose secret is not here does not: it may well be in use, and every customer from before Subvault has one.
 */
export function needsAttention(row: SubaccountRow): boolean {
  if (row.unfinished > 0) return true;
  if (row.status === "closed" || row.gone) return false;
  return isWithoutItsKey(row) || row.notHandedOver > 0;
}

/** A key is gone, and none has taken its place. An old key that was deleted after another was handed over is as it should be. */
export function isWithoutItsKey(row: SubaccountRow): boolean {
  return row.removed > 0 && row.saved === 0;
}
