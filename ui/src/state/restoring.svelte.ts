/** Restoring a backup: the file that was chosen, and what became of it. */
import { backend } from "../backend";
import type { ChosenBackup, Failure, Restored } from "../wire";
import { openAccount } from "./account";
import { confirming } from "./confirming.svelte";
import { Latest } from "./latest";

class Restoring {
  chosen = $state.raw<ChosenBackup | null>(null);
  failure = $state.raw<Failure | null>(null);
  busy = $state(false);
  done = $state.raw<Restored | null>(null);
  readonly #choosing = new Latest();
  readonly #restoring = new Latest();

  constructor() {
    openAccount.forgets(this);
  }

  /** Lets the user choose a file. False where they changed their mind, or went away while the box was open; a file that is no backup is shown as a failure. */
  async choose(): Promise<boolean> {
    this.failure = null;
    const answer = await this.#choosing.ask(() => backend.chooseBackup());
    if (answer === null) return false;
    if (answer.failure === null && answer.value === null) return this.chosen !== null;
    this.chosen = answer.value;
    this.failure = answer.failure;
    this.done = null;
    return true;
  }

  async restore(passphrase: string): Promise<void> {
    this.busy = true;
    this.failure = null;
    const answer = await this.#restoring.ask(() => confirming.first(() => backend.restoreBackup(passphrase)));
    if (answer === null) return;
    this.busy = false;
    if (answer.failure === null) this.done = answer.value;
    else this.failure = answer.failure;
  }

  reset(): void {
    this.#choosing.overtake();
    this.#restoring.overtake();
    this.busy = false;
    this.chosen = null;
    this.failure = null;
    this.done = null;
  }
}

export const restoring = new Restoring();
