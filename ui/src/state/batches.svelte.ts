/** Orders that were given together: begun, stopped, gone on with, and put away once what became of them was looked at. */
import { backend } from "../backend";
import type { Batch, Failure, Operation, Order } from "../wire";
import { openAccount } from "./account";
import { confirming } from "./confirming.svelte";
import { Latest, ofThisAccount } from "./latest";
import { operations } from "./operations.svelte";
import { isDone, workOf, type BatchWork, type Work } from "./work";

class Batches {
  /** Those that are kept, as they were last read. */
  kept = $state.raw<Batch[]>([]);
  /** What keeps them from being read, gone on with or put away. */
  failure = $state.raw<Failure | null>(null);
  #discarded = $state.raw<ReadonlySet<number>>(new Set());
  /** Batches, and operations, that were asked to stop and have not ended. */
  #stopping = $state.raw<ReadonlySet<number>>(new Set());
  readonly work: Work[] = $derived(workOf(operations.all, this.kept).filter((one) => one.what !== "batch" || !this.#discarded.has(one.id)));
  /** The orders that were given here, by the operation that carries them out: what is kept of a batch does not say them. */
  #orders = new Map<number, readonly Order[]>();
  #ofBatch = new Map<number, readonly Order[]>();
  /** What was done of each when its operation was first heard of. */
  #doneAtFirst = new Map<number, number>();
  #ended = new Set<number>();
  readonly #reading = new Latest();

  constructor() {
    openAccount.forgets(this);
    backend.on("operationsChanged", (all) => this.#hear(all));
  }

  /** Reads which are kept. */
  async load(): Promise<void> {
    const answer = await this.#reading.ask(() => backend.batches());
    if (answer === null) return;
    this.failure = answer.failure;
    if (answer.value !== null) this.kept = answer.value;
  }

  find(id: number): BatchWork | undefined {
    return this.work.find((one): one is BatchWork => one.what === "batch" && one.id === id);
  }

  /** Begins these together. Rejects where they could not be begun. */
  async carryOut(orders: readonly Order[]): Promise<void> {
    const sameAccount = openAccount.sinceNow();
    const id = await confirming.first(() => backend.carryOut([...orders]));
    if (!sameAccount()) return;
    this.#orders.set(id, orders);
    this.#hear(operations.all);
  }

  stop(operation: number): Promise<void> {
    this.#stopping = new Set([...this.#stopping, operation]);
    return this.#try(() => backend.stopOperation(operation));
  }

  isStopping(operation: number): boolean {
    return this.#stopping.has(operation);
  }

  async goOn(id: number): Promise<void> {
    await this.#try(() => backend.resumeBatch(id));
  }

  /** Whether what did not work can be tried again: only who gave the orders here knows them. */
  canTryAgain(work: BatchWork): boolean {
    return this.#left(work).length > 0;
  }

  /** Begins what did not work as a batch of its own, and puts the one before away. Rejects where it could not be begun. */
  async tryAgain(work: BatchWork): Promise<void> {
    await this.carryOut(this.#left(work));
    await this.discard(work.id);
  }

  /** Forgets it: what became of it was looked at, or the rest of it is not wanted. What it has made stays. */
  async discard(id: number): Promise<void> {
    await this.#try(async () => {
      await backend.discardBatch(id);
      this.#discarded = new Set([...this.#discarded, id]);
      for (const { id: operation, batch, outcome } of operations.all) {
        if (batch === id && outcome !== null) operations.dismiss(operation);
      }
    });
  }

  /** How many had ended when the operation that carries it out was first heard of. */
  doneAtFirst(operation: number): number {
    return this.#doneAtFirst.get(operation) ?? 0;
  }

  reset(): void {
    this.#reading.overtake();
    this.kept = [];
    this.failure = null;
    this.#discarded = new Set();
    this.#stopping = new Set();
    this.#orders = new Map();
    this.#ofBatch = new Map();
    this.#doneAtFirst = new Map();
    this.#ended = new Set();
  }

  #left({ id, items }: BatchWork): readonly Order[] {
    const orders = this.#ofBatch.get(id) ?? [];
    // One that was given twice is carried out once: then it is not known which is which.
    if (orders.length !== items.length) return [];
    return orders.filter((_, place) => {
      const item = items[place];
      return item !== undefined && !isDone(item);
    });
  }

  #hear(all: readonly Operation[]): void {
    let hasEnded = false;
    for (const { id, batch, items, outcome } of all) {
      if (batch === null) continue;
      const orders = this.#orders.get(id);
      if (orders !== undefined) this.#ofBatch.set(batch, orders);
      if (!this.#doneAtFirst.has(id)) this.#doneAtFirst.set(id, items.filter(({ state }) => state.is === "ended").length);
      if (outcome === null || this.#ended.has(id)) continue;
      this.#ended.add(id);
      hasEnded = true;
    }
    // An operation that has ended is forgotten after a while; what is kept is not.
    if (hasEnded) void this.load();
  }

  async #try(run: () => Promise<unknown>): Promise<void> {
    this.failure = null;
    const answer = await ofThisAccount(run);
    if (answer !== null) this.failure = answer.failure;
  }
}

export const batches = new Batches();
