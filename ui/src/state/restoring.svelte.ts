/** Restoring a backup: the file that was chosen, and what became of it. */
import { backend } from "../backend";
import { asFailure } from "../failures/failure";
import type { ChosenBackup, Failure, Restored } from "../wire";

class Restoring {
  chosen = $state.raw<ChosenBackup | null>(null);
  failure = $state.raw<Failure | null>(null);
  busy = $state(false);
  done = $state.raw<Restored | null>(null);

  /** Lets the user choose a file. False where they changed their mind; a file that is no backup is shown as a failure. */
  async choose(): Promise<boolean> {
    this.failure = null;
    try {
      const chosen = await backend.chooseBackup();
      if (chosen === null) return this.chosen !== null;
      this.chosen = chosen;
    } catch (problem) {
      this.chosen = null;
      this.failure = asFailure(problem);
    }
    this.done = null;
    return true;
  }

  async restore(passphrase: string): Promise<void> {
    this.busy = true;
    this.failure = null;
    try {
      this.done = await backend.restoreBackup(passphrase);
    } catch (problem) {
      this.failure = asFailure(problem);
    } finally {
      this.busy = false;
    }
  }

  reset(): void {
    this.chosen = null;
    this.failure = null;
    this.done = null;
  }
}

export const restoring = new Restoring();
