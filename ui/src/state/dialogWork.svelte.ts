/** What a dialog has done: whether it goes on, and why it failed, also where nobody looks at the dialog any more. */
import { asFailure } from "../failures/failure";
import type { Failure } from "../wire";
import { dialogs } from "./dialogs.svelte";
import { sayFailure } from "./sayFailure";

export class DialogWork {
  running = $state(false);
  failure = $state.raw<Failure | null>(null);
  readonly #dialog = dialogs.current;

  /** True where it was done, or was begun. Else the dialog says why not, or a notice does where that is closed by then. */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.running) return false;
    this.running = true;
    this.failure = null;
    try {
      await work();
      return true;
    } catch (problem) {
      this.fail(asFailure(problem));
      return false;
    } finally {
      this.running = false;
    }
  }

  /** Says that it failed. */
  fail(failure: Failure): void {
    const dialog = this.#dialog;
    this.failure = failure;
    if (dialog !== null && dialogs.current !== dialog) sayFailure(failure, () => dialogs.open(dialog));
  }

  /** Closes the dialog, if that is the one that is open still. */
  close(): void {
    dialogs.close(this.#dialog);
  }
}
