/** What was copied last, and when a copied secret leaves the clipboard again. The text itself never comes here. */
import { backend } from "../backend";
import { asFailure } from "../failures";
import type { Failure, HandOverValue } from "../wire";
import { Countdown } from "./clock.svelte";

class Clipboard {
  /** `keySid:value` or an Account SID, of what was copied last; null once a button need not say "Copied" any more. */
  justCopied = $state<string | null>(null);
  /** A copied secret waits to be cleared. */
  holdsSecret = $state(false);
  cleared = $state(false);
  failure = $state.raw<Failure | null>(null);
  readonly countdown = new Countdown();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    backend.on("clipboardCleared", () => this.#secretLeft());
  }

  async copyValue(keySid: string, value: HandOverValue): Promise<boolean> {
    return this.#copy(`${keySid}:${value}`, () => backend.copyValue(keySid, value));
  }

  async copyAccountSid(accountSid: string): Promise<boolean> {
    return this.#copy(accountSid, () => backend.copyAccountSid(accountSid));
  }

  reset(): void {
    this.justCopied = null;
    this.cleared = false;
    this.failure = null;
  }

  async #copy(what: string, run: () => Promise<{ clearsAfterSeconds: number | null }>): Promise<boolean> {
    this.failure = null;
    try {
      const { clearsAfterSeconds } = await run();
      this.#copied(what, clearsAfterSeconds);
      return true;
    } catch (problem) {
      this.failure = asFailure(problem);
      return false;
    }
  }

  #copied(what: string, clearsAfterSeconds: number | null): void {
    clearTimeout(this.#timer);
    this.justCopied = what;
    this.#timer = setTimeout(() => (this.justCopied = null), 4_000);
    this.cleared = false;
    this.holdsSecret = clearsAfterSeconds !== null;
    this.countdown.stop();
    if (clearsAfterSeconds !== null) this.countdown.start(clearsAfterSeconds, () => {});
  }

  #secretLeft(): void {
    if (!this.holdsSecret) return;
    this.holdsSecret = false;
    this.countdown.stop();
    this.cleared = true;
  }
}

export const clipboard = new Clipboard();
