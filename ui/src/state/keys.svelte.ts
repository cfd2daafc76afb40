/** The keys of all subaccounts: all rows, and those that the search, the view and the order leave to show. */
import { backend } from "../backend";
import { monthsBefore } from "../list/age";
import { nextOrder } from "../list/columns";
import { firstOrder, keyColumns, sorted, type KeyColumn, type KeyOrder } from "../list/keyColumns";
import { KeyEntry, withKeysOf } from "../list/keyEntries";
import { countsOf, inView, type KeyView } from "../list/keyViews";
import { Selection } from "../list/selection.svelte";
import { isEmpty, matches, narrows, queryOf, type Query } from "../list/search";
import type { Failure, KeyList, KeysNotRead, KeyType, Operation, Order, Region } from "../wire";
import { openAccount } from "./account";
import { app } from "./app.svelte";
import { batches } from "./batches.svelte";
import { clock } from "./clock.svelte";
import { Latest } from "./latest";
import { operations } from "./operations.svelte";

/** What keys are left out by besides the search. */
type Narrowing = { view: KeyView; type: KeyType | null; region: Region | null; oldBefore: number };

type Search = { among: KeyEntry[]; by: Narrowing; query: Query; found: KeyEntry[] };

class Keys {
  entries = $state.raw<KeyEntry[]>([]);
  /** Subaccounts whose keys are not known as they are now. */
  notRead = $state.raw<KeysNotRead[]>([]);
  /** When those keys were read whose reading is the oldest. */
  readAt = $state<string | null>(null);
  /** The saved keys have been read. */
  loaded = $state(false);
  failure = $state.raw<Failure | null>(null);
  /** Subaccounts that could not be read are being read again. */
  readingAgain = $state(false);
  /** Why they could not be read again. */
  againFailure = $state.raw<Failure | null>(null);

  text = $state("");
  view = $state<KeyView>("all");
  type = $state<KeyType | null>(null);
  region = $state<Region | null>(null);
  order = $state.raw<KeyOrder>(firstOrder);
  /** The row that the arrow keys are on, and the one whose subaccount was opened. */
  active = $state<string | null>(null);
  opened = $state<string | null>(null);
  readonly selection = new Selection();
  /** A key is old once it is older than so many months; none is where it is 0. */
  readonly oldAfterMonths: number = $derived(app.keyAgeLimitMonths);

  readonly query: Query = $derived(queryOf(this.text));
  /** Moves once a day, so that nothing is looked through anew in between. */
  readonly oldBefore: number = $derived(
    this.oldAfterMonths === 0 ? -Infinity : monthsBefore(new Date(clock.now).setHours(0, 0, 0, 0), this.oldAfterMonths),
  );
  readonly #narrowing: Narrowing = $derived({ view: this.view, type: this.type, region: this.region, oldBefore: this.oldBefore });
  /** Some keys are left out, whatever is searched for. */
  readonly narrowed: boolean = $derived(this.view !== "all" || this.type !== null || this.region !== null);
  readonly #inOrder: KeyEntry[] = $derived(sorted(this.entries, this.order));
  readonly shown: KeyEntry[] = $derived(this.#search(this.#inOrder, this.#narrowing, this.query));
  readonly counts: Record<KeyView, number> = $derived(countsOf(this.entries, this.oldBefore));
  /** In which of Twilio's Regions there are keys. */
  readonly regions: readonly Region[] = $derived([...new Set(this.entries.map(({ key }) => key.region))].sort());
  /** Whether some are of another type than others. */
  readonly haveTypes: boolean = $derived(this.entries.some(({ key }) => key.keyType !== this.entries[0]?.key.keyType));

  #lastSearch: Search | null = null;
  /** Subaccounts that were told of since their keys were asked for. */
  #changed = new Set<string>();
  /** The newest refresh that has ended. */
  #refreshed: number | null = null;
  readonly #reading = new Latest();
  readonly #again = new Latest();

  constructor() {
    openAccount.forgets(this);
    backend.on("rowsChanged", (rows) => this.#hear(rows.map(({ sid }) => sid)));
    operations.follow(["refresh"], (operation) => this.#hearRefresh(operation));
  }

  /** Reads the saved keys; nothing is asked of Twilio. */
  async load(): Promise<void> {
    this.#changed.clear();
    const answer = await this.#reading.ask(() => backend.keys(null));
    if (answer === null) return;
    this.failure = answer.failure;
    if (answer.value === null) return;
    this.#put(answer.value);
    await this.#readChanged();
  }

  sortBy(column: KeyColumn): void {
    this.order = nextOrder(keyColumns, this.order, column);
  }

  clearSearch(): void {
    this.text = "";
    this.view = "all";
    this.type = null;
    this.region = null;
  }

  entry(keySid: string): KeyEntry | undefined {
    return this.entries.find(({ key }) => key.sid === keySid);
  }

  /** Reads anew from Twilio what could not be read, or was not read yet. What is still not read says so in `notRead`. */
  async readAgain(): Promise<void> {
    if (this.readingAgain || this.notRead.length === 0) return;
    this.readingAgain = true;
    this.againFailure = null;
    const orders: Order[] = this.notRead.map(({ accountSid }) => ({ what: "readSubaccount", accountSid }));
    const answer = await this.#again.ask(() => carriedOut(orders));
    if (answer === null) return;
    this.readingAgain = false;
    this.againFailure = answer.failure;
    await this.load();
  }

  reset(): void {
    this.#reading.overtake();
    this.#again.overtake();
    this.#changed.clear();
    this.#refreshed = null;
    this.entries = [];
    this.notRead = [];
    this.readAt = null;
    this.loaded = false;
    this.failure = null;
    this.readingAgain = false;
    this.againFailure = null;
    this.order = firstOrder;
    this.active = null;
    this.opened = null;
    this.selection.clear();
    this.clearSearch();
  }

  #put({ keys, notRead, readAt }: KeyList): void {
    this.entries = keys.map((listed) => new KeyEntry(listed));
    this.notRead = notRead;
    this.readAt = readAt;
    this.loaded = true;
    this.#leaveGone();
  }

  /** What is not there any more is not ticked. */
  #leaveGone(): void {
    if (this.selection.size > 0) this.selection.keepOnly(new Set(this.entries.map(({ key }) => key.sid)));
  }

  #hear(accountSids: string[]): void {
    if (!this.loaded && !this.#reading.pending) return;
    for (const sid of accountSids) this.#changed.add(sid);
    void this.#readChanged();
  }

  /** What was told of while a question is on its way is asked for after it, all at once. */
  async #readChanged(): Promise<void> {
    // A question for all keys that was begun meanwhile asks for the rest when it is answered.
    while (this.loaded && this.#changed.size > 0 && !this.#reading.pending) if (!(await this.#readPart())) return;
  }

  /** Asks for the keys of what was told of. False where they could not be read. */
  async #readPart(): Promise<boolean> {
    const accountSids = [...this.#changed];
    this.#changed.clear();
    const answer = await this.#reading.ask(() => backend.keys(accountSids));
    if (answer === null) return true;
    this.failure = answer.failure;
    if (answer.value === null) return false;
    const { keys, notRead, readAt } = answer.value;
    this.entries = withKeysOf(this.entries, accountSids, keys);
    this.#leaveGone();
    this.notRead = [...this.notRead.filter((one) => !accountSids.includes(one.accountSid)), ...notRead];
    // Which reading is the oldest of all is known once all are asked for.
    this.readAt ??= readAt;
    return true;
  }

  #hearRefresh({ id, outcome }: Operation): void {
    if (outcome === null || id === this.#refreshed) return;
    this.#refreshed = id;
    if (this.loaded) void this.load();
  }

  /** A longer text only looks among what the shorter one found. */
  #search(among: KeyEntry[], by: Narrowing, query: Query): KeyEntry[] {
    const last = this.#lastSearch;
    const sameRows = last !== null && last.among === among && last.by === by;
    const rows = sameRows && narrows(last.query, query) ? last.found : among.filter((entry) => isAmong(entry, by));
    const found = isEmpty(query) ? rows : rows.filter((entry) => matches(entry, query));
    this.#lastSearch = { among, by, query, found };
    return found;
  }
}

function isAmong(entry: KeyEntry, { view, type, region, oldBefore }: Narrowing): boolean {
  const { keyType, region: of } = entry.key;
  return inView(entry, view, oldBefore) && (type === null || keyType === type) && (region === null || of === region);
}

/** Carries the orders out, as one operation. What became of each is seen in what is read afterwards, so its report is not kept. */
async function carriedOut(orders: Order[]): Promise<void> {
  const [first] = orders;
  if (first !== undefined && orders.length === 1) {
    const outcome = await operations.carryOut(first);
    if (outcome.is === "failed") throw outcome.failure;
    return;
  }
  const id = await backend.carryOut(orders);
  const outcome = await operations.outcomeOf(id);
  const batch = operations.find(id)?.batch ?? null;
  if (batch !== null) void batches.discard(batch);
  if (outcome.is === "failed") throw outcome.failure;
}

export const keys = new Keys();
