/** Phone numbers as Twilio has them. They are kept nowhere, so they are read whenever somebody looks at them. */
import { backend } from "../backend";
import type { Failure, NumberList, Order } from "../wire";
import { openAccount } from "./account";
import { carryOut } from "./carryOut";
import { detail } from "./detail.svelte";
import { Latest } from "./latest";

/** Those of one account. */
export class NumbersReading {
  list = $state.raw<NumberList | null>(null);
  readAt = $state<string | null>(null);
  reading = $state(false);
  failure = $state.raw<Failure | null>(null);
  readonly #reading = new Latest();

  constructor(readonly accountSid: string) {}

  async read(): Promise<void> {
    this.reading = true;
    const answer = await this.#reading.ask(() => backend.numbers(this.accountSid));
    if (answer === null) return;
    this.reading = false;
    this.failure = answer.failure;
    if (answer.value === null) return;
    this.list = answer.value;
    this.readAt = new Date().toISOString();
  }
}

class NumberChanges {
  /** Counts what may have given an account other numbers: whoever shows some reads them again. */
  count = $state(0);

  constructor() {
    openAccount.forgets(this);
  }

  /** Rejects with what it failed with. Also then some of it may be done. */
  async carryOut(order: Extract<Order, { what: "closeSubaccount" | "moveNumber" | "releaseNumber" }>): Promise<void> {
    try {
      await carryOut([order]);
    } finally {
      this.count += 1;
      // Its activity has one more.
      if (detail.sid === order.accountSid) void detail.reload();
    }
  }

  reset(): void {
    this.count = 0;
  }
}

export const numberChanges = new NumberChanges();
