/** Suspending subaccounts or bringing them back: one is awaited, several go on by themselves as a batch. */
import { asFailure } from "../failures/failure";
import type { Failure, Order } from "../wire";
import { carryOut } from "./carryOut";
import type { Account } from "./dialogs.svelte";
import { list } from "./list.svelte";

export class StatusChange {
  running = $state(false);
  failure = $state.raw<Failure | null>(null);

  constructor(readonly accounts: readonly Account[]) {}

  /** Does it. True where it is done, or was begun; else `failure` says why not. */
  async carryOut(orderFor: (accountSid: string) => Order): Promise<boolean> {
    if (this.running) return false;
    this.running = true;
    this.failure = null;
    try {
      await carryOut(this.accounts.map(({ sid }) => orderFor(sid)));
      // Done with: the next thing is about others.
      list.selection.leave(this.accounts.map(({ sid }) => sid));
      return true;
    } catch (problem) {
      this.failure = asFailure(problem);
      return false;
    } finally {
      this.running = false;
    }
  }
}
