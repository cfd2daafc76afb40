/** Everything that was begun and has not ended. */
import { backend } from "../backend";
import { asFailure } from "../failures/failure";
import type { Failure, Unfinished } from "../wire";

class UnfinishedThings {
  all = $state.raw<Unfinished[]>([]);
  /** Those that nobody is at: they wait for a person. */
  readonly waiting: Unfinished[] = $derived(this.all.filter((one) => !one.running));
  failure = $state.raw<Failure | null>(null);

  constructor() {
    backend.on("unfinishedChanged", (all) => (this.all = all));
  }

  /** Shows what has been read. */
  put(all: Unfinished[]): void {
    this.all = all;
    this.failure = null;
  }

  async load(): Promise<void> {
    try {
      this.put(await backend.unfinished());
    } catch (problem) {
      this.failure = asFailure(problem);
    }
  }

  find(id: number): Unfinished | undefined {
    return this.all.find((one) => one.id === id);
  }

  reset(): void {
    this.all = [];
    this.failure = null;
  }
}

export const unfinished = new UnfinishedThings();
