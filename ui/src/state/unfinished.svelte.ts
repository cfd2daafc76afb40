/** Everything that was begun and has not ended. */
import { backend } from "../backend";
import { asFailure } from "../failures/failure";
import type { Failure, Unfinished } from "../wire";

class UnfinishedThings {
  all = $state.raw<Unfinished[]>([]);
  /** Those that nobody is at: they wait for a person. */
  readonly waiting: Unfinished[] = $derived(this.all.filter((one) => !one.running));
  failure = $state.raw<Failure | null>(null);
  /** Counts the readings and what was told since, so that an older answer shows nothing. */
  #turn = 0;

  constructor() {
    backend.on("unfinishedChanged", (all) => this.put(all));
  }

  /** Shows what has been read or told. */
  put(all: Unfinished[]): void {
    this.#turn += 1;
    this.all = all;
    this.failure = null;
  }

  async load(): Promise<void> {
    const mine = ++this.#turn;
    try {
      const all = await backend.unfinished();
      if (mine === this.#turn) this.put(all);
    } catch (problem) {
      if (mine === this.#turn) this.failure = asFailure(problem);
    }
  }

  find(id: number): Unfinished | undefined {
    return this.all.find((one) => one.id === id);
  }

  reset(): void {
    this.put([]);
  }
}

export const unfinished = new UnfinishedThings();
