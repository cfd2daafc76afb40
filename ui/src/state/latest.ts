/** Questions to the Rust side of which only the newest answer counts. */
import { asFailure } from "../failures/failure";
import type { Failure } from "../wire";
import { openAccount } from "./account";

export type Answer<Value> = { value: Value; failure: null } | { value: null; failure: Failure };

/** Asks, and answers null where another account is open by then. */
export async function ofThisAccount<Value>(question: () => Promise<Value>): Promise<Answer<Value> | null> {
  return answerWhile(openAccount.sinceNow(), question);
}

/** One kind of question. An answer is dropped where the same was asked again meanwhile, or told, or another account is open. */
export class Latest {
  #turn = 0;
  #asking = 0;

  /** The newest question has not been answered. */
  get pending(): boolean {
    return this.#asking === this.#turn && this.#turn > 0;
  }

  /** Asks, and answers null where that answer does not count any more. `counts` tells as much of what comes before the answer. */
  async ask<Value>(question: (counts: () => boolean) => Promise<Value>): Promise<Answer<Value> | null> {
    this.#turn += 1;
    const mine = this.#turn;
    this.#asking = mine;
    const answer = await answerWhile(this.sinceNow(), question);
    if (this.#asking === mine) this.#asking = 0;
    return answer;
  }

  /** What was asked until now does not count any more: something newer was told, or nobody wants to know. */
  overtake(): void {
    this.#turn += 1;
  }

  /** Tells from now on whether nothing newer was asked or told, of the account that is open. */
  sinceNow(): () => boolean {
    const mine = this.#turn;
    const sameAccount = openAccount.sinceNow();
    return () => mine === this.#turn && sameAccount();
  }
}

async function answerWhile<Value>(
  counts: () => boolean,
  question: (counts: () => boolean) => Promise<Value>,
): Promise<Answer<Value> | null> {
  try {
    const value = await question(counts);
    return counts() ? { value, failure: null } : null;
  } catch (problem) {
    return counts() ? { value: null, failure: asFailure(problem) } : null;
  }
}
