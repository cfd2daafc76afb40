/** Rows with what is shown and compared of them. */
import { scaled } from "../format";
import { folded, shortSid, visibleName } from "../names";
import type { SubaccountRow } from "../wire";
import { credentialsOf, needsAttention, type Credentials } from "./credentials";
import type { Searchable } from "./search";

/**
 * One row of the list. What is shown, searched or sorted by is worked out once, when it is first needed: the first screen draws a score
 * of a thousand rows, and a keystroke should have as little to do as possible.
 */
export class Entry implements Searchable {
  readonly attention: boolean;

  #shownName: string | undefined;
  #credentials: Credentials | undefined;
  #searched: string | undefined;
  #sids: string | undefined;
  #spend: bigint | undefined;
  #oldestKeyAt: number | undefined;

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

  /** The name, and what is kept of the customer. */
  get searched(): string {
    return (this.#searched ??= [this.row.name, this.row.customerNumber, ...this.row.tags].map(folded).join("\n"));
  }

  /** The Account SID first. */
  get allSids(): string[] {
    return [this.row.sid, ...this.row.keySids];
  }

  get sids(): string {
    return (this.#sids ??= this.allSids.join(" ").toLowerCase());
  }

  /** Spend in whole small units; null where it is not known. */
  get spend(): bigint | null {
    return this.row.spend === null ? null : (this.#spend ??= scaled(this.row.spend.amount));
  }

  /** When the oldest of its keys was made, in milliseconds since 1970; NaN where that is not known. */
  get oldestKeyAt(): number {
    return (this.#oldestKeyAt ??= Date.parse(this.row.oldestKeyAt ?? ""));
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
