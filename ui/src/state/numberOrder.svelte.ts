/** An order about one phone number, given in a dialog. */
import { asFailure } from "../failures/failure";
import type { Failure, Order } from "../wire";
import { dialogs } from "./dialogs.svelte";
import { numberChanges } from "./numbers.svelte";
import { sayFailure } from "./sayFailure";

export class NumberOrder {
  running = $state(false);
  failure = $state.raw<Failure | null>(null);
  readonly #mine = dialogs.current;

  /** True where it was done. Else the dialog says why not, or a notice does where that is closed by then. */
  async carryOut(order: Extract<Order, { what: "moveNumber" | "releaseNumber" }>): Promise<boolean> {
    if (this.running) return false;
    this.running = true;
    this.failure = null;
    try {
      await numberChanges.carryOut(order);
      return true;
    } catch (problem) {
      const mine = this.#mine;
      this.failure = asFailure(problem);
      if (mine !== null && dialogs.current !== mine) sayFailure(this.failure, () => dialogs.open(mine));
      return false;
    } finally {
      this.running = false;
    }
  }
}
