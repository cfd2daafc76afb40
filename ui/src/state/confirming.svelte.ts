/** Asking once more who is there, before a secret is shown or a key is deleted. */
import { asFailure, failure } from "../failures/failure";
import { openAccount } from "./account";

class Confirming {
  /** The question is on the screen. */
  asking = $state(false);
  #answer: ((yes: boolean) => void) | null = null;

  constructor() {
    openAccount.forgets(this);
  }

  /** Runs something that may want them to say who they are first; asks them then, and runs it again. */
  async first<Answer>(run: () => Promise<Answer>): Promise<Answer> {
    try {
      return await run();
    } catch (problem) {
      if (asFailure(problem).kind !== "askAgain") throw problem;
    }
    if (!(await this.#ask())) throw failure("notConfirmed");
    return run();
  }

  answered(yes: boolean): void {
    this.asking = false;
    this.#answer?.(yes);
    this.#answer = null;
  }

  /** Ends the question, as if it had been answered with no. */
  reset(): void {
    if (this.asking) this.answered(false);
  }

  #ask(): Promise<boolean> {
    // A second thing that wants to know ends the first: one question at a time.
    this.#answer?.(false);
    this.asking = true;
    return new Promise((resolve) => (this.#answer = resolve));
  }
}

export const confirming = new Confirming();
