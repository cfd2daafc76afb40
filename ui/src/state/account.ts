/** Which account is open: what was asked about one says nothing of the next, and what is kept of one is forgotten with it. */

/** What is kept of the account that is open. */
export type AccountStore = { reset(): void };

class OpenAccount {
  /** Each store that forgets with the account; it says so itself when it is made. */
  readonly stores: AccountStore[] = [];
  #count = 0;

  forgets(store: AccountStore): void {
    this.stores.push(store);
  }

  /** Another account is being opened, or the window is locked. */
  leave(): void {
    this.#count += 1;
    for (const store of this.stores) store.reset();
  }

  /** Tells from now on whether the same account is still open. */
  sinceNow(): () => boolean {
    const count = this.#count;
    return () => count === this.#count;
  }
}

export const openAccount = new OpenAccount();
