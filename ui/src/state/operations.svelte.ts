/** The operations that run, and those that have ended and were not put away: one picture of all, as the Rust side tells it. */
import { backend } from "../backend";
import type { Operation, OperationKind, Order, Outcome } from "../wire";
import { openAccount } from "./account";
import { confirming } from "./confirming.svelte";

type Follower = { kinds: readonly OperationKind[]; hear: (operation: Operation) => void };

class Operations {
  all = $state.raw<Operation[]>([]);
  readonly #followers: Follower[] = [];
  /** Who waits for the end of which. */
  #waiting = new Map<number, (outcome: Outcome) => void>();
  /** Put away here, whatever was told before the Rust side has heard of it. */
  #dismissed = new Set<number>();

  constructor() {
    openAccount.forgets(this);
    backend.on("operationsChanged", (all) => this.put(all));
  }

  /** Has this hear of the newest operation of these kinds whenever anything has changed. */
  follow(kinds: readonly OperationKind[], hear: (operation: Operation) => void): void {
    this.#followers.push({ kinds, hear });
  }

  /** Shows what has been read or told. */
  put(all: Operation[]): void {
    this.all = all.filter(({ id }) => !this.#dismissed.has(id));
    for (const { kinds, hear } of this.#followers) {
      const newest = this.all.findLast(({ kind }) => kinds.includes(kind));
      if (newest !== undefined) hear(newest);
    }
    for (const { id, outcome } of this.all) if (outcome !== null) this.#end(id, outcome);
  }

  newest(kind: OperationKind): Operation | undefined {
    return this.all.findLast((one) => one.kind === kind);
  }

  find(id: number): Operation | undefined {
    return this.all.find((one) => one.id === id);
  }

  /** Begins what is ordered, and answers what it came to. Asks who is there first where nobody can undo it. Rejects where it could not be begun. */
  async carryOut(order: Order): Promise<Outcome> {
    return this.outcomeOf(await confirming.first(() => backend.begin(order)));
  }

  /** What an operation that was begun comes to, or came to. Never answered where another account is opened before. */
  outcomeOf(id: number): Promise<Outcome> {
    return new Promise((answer) => {
      const outcome = this.find(id)?.outcome ?? null;
      if (outcome === null) this.#waiting.set(id, answer);
      else answer(outcome);
    });
  }

  /** What it came to was looked at. */
  dismiss(id: number): void {
    this.#dismissed.add(id);
    this.all = this.all.filter((one) => one.id !== id);
    // One that is not put away there is only told once more.
    void backend.dismissOperation(id).catch(() => {});
  }

  reset(): void {
    this.all = [];
    this.#waiting = new Map();
    this.#dismissed = new Set();
  }

  #end(id: number, outcome: Outcome): void {
    const answer = this.#waiting.get(id);
    this.#waiting.delete(id);
    answer?.(outcome);
  }
}

export const operations = new Operations();
