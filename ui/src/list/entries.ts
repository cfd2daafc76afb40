/** Rows with what is shown and compared of them. */
import { scaled } from "../format";
import { folded, shortSid, visibleName } from "../names";
import type { SubaccountRow } from "../wire";
import { credentialsOf, needsAttention, type Credentials } from "./credentials";

/**
 * One row of the list. What is shown, searched or sorted by is worked out once, when it is first needed: the first screen draws a score
 * of a thousand rows, and a keystroke should have as little to do as possible.
 */
export class Entry {
  readonly attention: boolean;

  #shownName: string | undefined;
  #credentials: Credentials | undefined;
  #name: string | undefined;
  #sids: string | undefined;
  #spend: bigint | undefined;

  constructor(readonly row: SubaccountRow) {
    this.attention = needsAttention(row);
  }

  get shownName(): string {
    return (this.#shownName ??= visibleName(this.row.name));
  }

  get shortSid(): string {
    return shortSid(this.row.sid);
  }

  get credentials(): Credentials {
    return (this.#credentials ??= credentialsOf(this.row));
  }

  /** The name as it is searched and compared. */
  get name(): string {
    return (this.#name ??= folded(this.row.name));
  }

  /** All SIDs in lower case, the Account SID first. */
  get sids(): string {
    return (this.#sids ??= [this.row.sid, ...this.row.keySids].join(" ").toLowerCase());
  }

  /** Spend in whole small units; null where it is not known. */
  get spend(): bigint | null {
    return this.row.spend === null ? null : (this.#spend ??= scaled(this.row.spend.amount));
  }
}

/** The entries with changed or new rows put in; entries of rows that did not change are kept as they are. */
export function withRows(entries: readonly Entry[], rows: readonly SubaccountRow[]): Entry[] {
  const changed = new Map(rows.map((row) => [row.sid, row]));
  const merged = entries.map((entry) => {
    const row = changed.get(entry.row.sid);
    if (row === undefined) return entry;
    changed.delete(row.sid);
    return new Entry(row);
  });
  for (const row of changed.values()) merged.push(new Entry(row));
  return merged;
}
