/** The keys that are being replaced, and those that were: read once somebody looks at them, and again whenever a subaccount was told of. */
import { backend } from "../backend";
import { rowsOf, stepOf, type ListedRow } from "../list/replacementRows";
import type { Failure, Replacement } from "../wire";
import { openAccount } from "./account";
import { clock } from "./clock.svelte";
import { keys } from "./keys.svelte";
import { Latest } from "./latest";

/** What the screen of the keys shows. */
export type KeysShown = "all" | "replacing";

class Replacements {
  /** The newest first. */
  all = $state.raw<Replacement[]>([]);
  loaded = $state(false);
  failure = $state.raw<Failure | null>(null);
  /** The row that the arrow keys are on, and the one whose pane is open, by the new key. */
  active = $state<string | null>(null);
  opened = $state<string | null>(null);
  readonly rows: readonly ListedRow[] = $derived(rowsOf(this.all, this.#putOffAt(), clock.now));
  readonly open: readonly Replacement[] = $derived(this.all.filter(({ stage }) => stage !== "done"));
  readonly #byOldKey: ReadonlyMap<string, Replacement> = $derived(new Map(this.open.map((one) => [one.oldKeySid, one])));
  #wanted = $state<KeysShown>("all");
  /** Something was told of since they were asked for. */
  #isStale = false;
  readonly #reading = new Latest();

  constructor() {
    openAccount.forgets(this);
    backend.on("rowsChanged", () => this.#hear());
  }

  /** Where there is none, there is nothing to show of them. */
  get shown(): KeysShown {
    return this.rows.length === 0 ? "all" : this.#wanted;
  }

  show(shown: KeysShown): void {
    this.#wanted = shown;
    this.opened = null;
  }

  /** Shows the one of this new key. */
  showOne(newKeySid: string): void {
    this.show("replacing");
    this.active = newKeySid;
    this.opened = newKeySid;
  }

  /** Reads them where that was not done yet. */
  need(): void {
    if (!this.loaded && !this.#reading.pending) void this.load();
  }

  async load(): Promise<void> {
    this.#isStale = false;
    const answer = await this.#reading.ask(() => backend.replacements());
    if (answer === null) return;
    this.failure = answer.failure;
    if (answer.value !== null) this.#put(answer.value);
    if (this.#isStale && answer.failure === null) await this.load();
  }

  /** What its user has seen: the new key is in use. Rejects where that could not be kept. */
  async sayInUse(oldKeySid: string): Promise<void> {
    const counts = openAccount.sinceNow();
    const all = await backend.sayInUse(oldKeySid);
    if (!counts()) return;
    this.#reading.overtake();
    this.#put(all);
  }

  find(newKeySid: string): Replacement | undefined {
    return this.all.find((one) => one.newKeySid === newKeySid);
  }

  /** That of a key which is being replaced. */
  ofOldKey(keySid: string): Replacement | undefined {
    return this.#byOldKey.get(keySid);
  }

  /** At which step the replacing of a key is, from 1; null where it is not being replaced. */
  stepOfOldKey(keySid: string): number | null {
    const found = this.ofOldKey(keySid);
    return found === undefined ? null : stepOf(found);
  }

  reset(): void {
    this.#reading.overtake();
    this.#isStale = false;
    this.all = [];
    this.loaded = false;
    this.failure = null;
    this.active = null;
    this.opened = null;
    this.#wanted = "all";
  }

  #put(all: Replacement[]): void {
    this.all = all;
    this.loaded = true;
    if (this.opened !== null && this.find(this.opened) === undefined) this.opened = null;
  }

  #hear(): void {
    if (this.#reading.pending) this.#isStale = true;
    else if (this.loaded) void this.load();
  }

  /** When the hand-over of a new key was put off, as far as the keys were read. */
  #putOffAt(): (newKeySid: string) => string | null {
    const wanted = new Set(this.all.filter(({ stage }) => stage === "handOver").map(({ newKeySid }) => newKeySid));
    if (wanted.size === 0) return () => null;
    const found = new Map(keys.entries.filter(({ key }) => wanted.has(key.sid)).map(({ key }) => [key.sid, key.postponedAt]));
    return (newKeySid) => found.get(newKeySid) ?? null;
  }
}

export const replacements = new Replacements();
