/** Rows made ready for searching and sorting, so that a keystroke has as little to do as possible. */
import { scaled } from "../format";
import { shortSid, visibleName } from "../names";
import type { SubaccountRow } from "../wire";
import { credentialsOf, needsAttention, type Credentials } from "./credentials";

/** One row of the list with everything that is shown or compared worked out beforehand. */
export type Entry = {
  row: SubaccountRow;
  shownName: string;
  shortSid: string;
  credentials: Credentials;
  attention: boolean;
  /** The name as it is searched: lower case, without accents. */
  name: string;
  /** All SIDs in lower case, the Account SID first. */
  sids: string;
  /** Spend in whole small units; null where it is not known. */
  spend: bigint | null;
};

export function entryOf(row: SubaccountRow): Entry {
  return {
    row,
    shownName: visibleName(row.name),
    shortSid: shortSid(row.sid),
    credentials: credentialsOf(row),
    attention: needsAttention(row),
    name: folded(row.name),
    sids: [row.sid, ...row.keySids].join(" ").toLowerCase(),
    spend: row.spend === null ? null : scaled(row.spend.amount),
  };
}

/** Lower case without accents, so that "kol" finds "Köl". */
export function folded(text: string): string {
  // Most names are ASCII, where nothing needs to be taken apart.
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The entries with changed or new rows put in; entries of rows that did not change are kept as they are. */
export function withRows(entries: readonly Entry[], rows: readonly SubaccountRow[]): Entry[] {
  const changed = new Map(rows.map((row) => [row.sid, row]));
  const merged = entries.map((entry) => {
    const row = changed.get(entry.row.sid);
    if (row === undefined) return entry;
    changed.delete(row.sid);
    return entryOf(row);
  });
  for (const row of changed.values()) merged.push(entryOf(row));
  return merged;
}
