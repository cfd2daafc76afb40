/** Everything that was begun and has not ended. */
import { backend } from "../backend";
import type { Failure, Unfinished } from "../wire";
import { openAccount } from "./account";
import { Latest } from "./latest";

class UnfinishedThings {
  all = $state.raw<Unfinished[]>([]);
  /** Those that nobody is at: they wait for a person. */
  readonly waiting: Unfinished[] = $derived(this.all.filter((one) => !one.running));
  failure = $state.raw<Failure | null>(null);
  readonly #reading = new Latest();

  constructor() {
    openAccount.forgets(this);
    backend.on("unfinishedChanged", (all) => this.put(all));
  }

  /** Shows what has been read or told. */
  put(all: Unfinished[]): void {
    this.#reading.overtake();
    this.all = all;
    this.failure = null;
  }

  async load(): Promise<void> {
    const answer = await this.#reading.ask(() => backend.unfinished());
    if (answer === null) return;
    if (answer.failure === null) this.put(answer.value);
    else this.failure = answer.failure;
  }

  find(id: number): Unfinished | undefined {
    return this.all.find((one) => one.id === id);
  }

  reset(): void {
    this.put([]);
  }
}

export const unfinished = new UnfinishedThings();
