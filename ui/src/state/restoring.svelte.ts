/** Restoring a backup: the file that was chosen, and what became of it. */
import { backend } from "../backend";
import { asFailure } from "../failures/failure";
import type { ChosenBackup, Failure, Restored } from "../wire";
import { confirming } from "./confirming.svelte";

class Restoring {
  chosen = $state.raw<ChosenBackup | null>(null);
  failure = $state.raw<Failure | null>(null);
  busy = $state(false);
  done = $state.raw<Restored | null>(null);
  /** Counts how often it was left: what is answered afterwards is no longer asked for. */
  #turn = 0;

  /** Lets the user choose a file. False where they changed their mind, or went away while the box was open; a file that is no backup is shown as a failure. */
  async choose(): Promise<boolean> {
    const turn = this.#turn;
    this.failure = null;
    try {
      const chosen = await backend.chooseBackup();
      if (turn !== this.#turn) return false;
      if (chosen === null) return this.chosen !== null;
      this.chosen = chosen;
    } catch (problem) {
      if (turn !== this.#turn) return false;
      this.chosen = null;
      this.failure = asFailure(problem);
    }
    this.done = null;
    return true;
  }

  async restore(passphrase: string): Promise<void> {
    const turn = this.#turn;
    this.busy = true;
    this.failure = null;
    try {
      const done = await confirming.first(() => backend.restoreBackup(passphrase));
      if (turn === this.#turn) this.done = done;
    } catch (problem) {
      if (turn === this.#turn) this.failure = asFailure(problem);
    } finally {
      if (turn === this.#turn) this.busy = false;
    }
  }

  reset(): void {
    this.#turn += 1;
    this.busy = false;
    this.chosen = null;
    this.failure = null;
    this.done = null;
  }
}

export const restoring = new Restoring();
