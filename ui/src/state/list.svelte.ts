/** The subaccounts: all rows, and those that the search, the filter and the order leave to show. */
import { backend } from "../backend";
import { byName } from "../list/byName";
import { nextOrder } from "../list/columns";
import { Entry, withRows } from "../list/entries";
import { Selection } from "../list/selection.svelte";
import { isEmpty, matches, narrows, queryOf, type Query } from "../list/search";
import { sorted, subaccountColumns } from "../list/subaccountColumns";
import type { Failure, ListOddities, Sort, SortColumn, SubaccountList as SavedList, SubaccountRow } from "../wire";
import { openAccount } from "./account";
import { Latest } from "./latest";

export type Filter = "all" | "active" | "suspended" | "closed" | "attention";

class SubaccountList {
  entries = $state.raw<Entry[]>([]);
  /** When the rows were last read from Twilio. */
  readAt = $state<string | null>(null);
  /** What of Twilio's list was odd when it was read. */
  oddities = $state.raw<ListOddities | null>(null);
  /** The saved rows have not been read yet. */
  loading = $state(true);
  failure = $state.raw<Failure | null>(null);

  text = $state("");
  filter = $state<Filter>("all");
  /** Only customers with this tag are shown; null where that does not matter. */
  tag = $state<string | null>(null);
  sort = $state.raw<Sort>({ column: "name", descending: false });
  /** The row that the arrow keys are on. */
  active = $state<string | null>(null);
  readonly selection = new Selection();

  readonly query: Query = $derived(queryOf(this.text));
  readonly #inOrder: Entry[] = $derived(sorted(this.entries, this.sort));
  readonly shown: Entry[] = $derived(this.#search(this.#inOrder, this.filter, this.tag, this.query));
  /** Subaccounts of which a part could not be read the last time. */
  readonly readInPart: number = $derived(this.entries.reduce((sum, { row }) => sum + Number(row.notReadable !== null), 0));
  readonly hasNumbers: boolean = $derived(this.entries.some(({ row }) => row.customerNumber !== ""));
  /** All tags that any customer has. */
  readonly tags: string[] = $derived([...new Set(this.entries.flatMap(({ row }) => row.tags))].sort(byName));
  readonly counts: Record<Filter, number> = $derived(countsOf(this.entries));

  #lastSearch: { among: Entry[]; filter: Filter; tag: string | null; query: Query; found: Entry[] } | null = null;
  /** Rows that were told since the list was last asked for: the answer may be older. */
  #toldSince = new Map<string, SubaccountRow>();
  readonly #reading = new Latest();

  constructor() {
    openAccount.forgets(this);
    backend.on("rowsChanged", (rows) => this.#hear(rows));
  }

  /** Reads the saved rows; nothing is asked of Twilio. */
  async load(): Promise<void> {
    this.#toldSince.clear();
    const answer = await this.#reading.ask(() => backend.subaccounts());
    if (answer === null) return;
    if (answer.failure === null) {
      this.put(answer.value);
      this.#putIn(this.#toldSince);
    } else {
      this.failure = answer.failure;
      this.loading = false;
    }
  }

  /** Shows rows that have been read. */
  put({ rows, readAt, oddities }: SavedList): void {
    this.#reading.overtake();
    this.entries = rows.map((row) => new Entry(row));
    this.readAt = readAt;
    this.oddities = oddities;
    this.failure = null;
    this.loading = false;
    this.selection.keepOnly(new Set(rows.map((row) => row.sid)));
  }

  sortBy(column: SortColumn): void {
    this.sort = nextOrder(subaccountColumns, this.sort, column);
  }

  entry(sid: string): Entry | undefined {
    return this.entries.find((entry) => entry.row.sid === sid);
  }

  clearSearch(): void {
    this.text = "";
    this.filter = "all";
    this.tag = null;
  }

  reset(): void {
    this.#reading.overtake();
    this.#toldSince.clear();
    this.entries = [];
    this.readAt = null;
    this.oddities = null;
    this.loading = true;
    this.failure = null;
    this.active = null;
    this.selection.clear();
    this.clearSearch();
  }

  #hear(rows: SubaccountRow[]): void {
    for (const row of rows) this.#toldSince.set(row.sid, row);
    this.entries = withRows(this.entries, rows);
  }

  #putIn(rows: ReadonlyMap<string, SubaccountRow>): void {
    if (rows.size > 0) this.entries = withRows(this.entries, [...rows.values()]);
  }

  /** A longer text only looks among what the shorter one found. */
  #search(inOrder: Entry[], filter: Filter, tag: string | null, query: Query): Entry[] {
    const last = this.#lastSearch;
    const further = last !== null && last.among === inOrder && last.filter === filter && last.tag === tag && narrows(last.query, query);
    const among = further
      ? last.found
      : filter === "all" && tag === null
        ? inOrder
        : inOrder.filter((entry) => inFilter(entry, filter, tag));
    const found = isEmpty(query) ? among : among.filter((entry) => matches(entry, query));
    this.#lastSearch = { among: inOrder, filter, tag, query, found };
    return found;
  }
}

function inFilter(entry: Entry, filter: Filter, tag: string | null): boolean {
  if (tag !== null && !entry.row.tags.includes(tag)) return false;
  switch (filter) {
    case "all":
      return true;
    case "attention":
      return entry.attention;
    default:
      return entry.row.status === filter && !entry.row.gone;
  }
}

function countsOf(entries: readonly Entry[]): Record<Filter, number> {
  const counts: Record<Filter, number> = { all: entries.length, active: 0, suspended: 0, closed: 0, attention: 0 };
  for (const entry of entries) {
    if (entry.attention) counts.attention += 1;
    const { status, gone } = entry.row;
    if (!gone && status !== "unknown") counts[status] += 1;
  }
  return counts;
}

export const list = new SubaccountList();
