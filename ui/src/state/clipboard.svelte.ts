/** What was copied last, and when a copied secret leaves the clipboard again. The text itself never comes here. */
import { backend } from "../backend";
import type { Failure, HandOverValue } from "../wire";
import { openAccount } from "./account";
import { Countdown } from "./clock.svelte";
import { confirming } from "./confirming.svelte";
import { Latest } from "./latest";

/** The Rust side tells when it has cleared the clipboard, but not when something else had taken the secret's place by then. */
const toldWithin = 4_000;
/** That it was cleared is said for so long. */
const saidFor = 6_000;

/** What became of a copy. One that was overtaken has nothing to say: a newer one was begun meanwhile, and that one speaks. */
export type Copying = "copied" | "overtaken" | Failure;

class Clipboard {
  /** `keySid:value` or an Account SID, of what was copied last; null once a button need not say "Copied" any more. */
  justCopied = $state<string | null>(null);
  /** A copied secret waits to be cleared. */
  holdsSecret = $state(false);
  /** It was cleared just now. */
  cleared = $state(false);
  readonly countdown = new Countdown();
  readonly #copies = new Latest();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #leaving: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    openAccount.forgets(this);
    backend.on("clipboardCleared", () => this.#secretLeft());
  }

  async copyValue(keySid: string, value: HandOverValue): Promise<Copying> {
    // What is copied can be pasted and read: for a secret they may have to say again who they are.
    return this.#copy(`${keySid}:${value}`, () => confirming.first(() => backend.copyValue(keySid, value)));
  }

  async copyAccountSid(accountSid: string): Promise<Copying> {
    return this.#copy(accountSid, () => backend.copyAccountSid(accountSid));
  }

  reset(): void {
    this.#copies.overtake();
    this.justCopied = null;
    this.cleared = false;
  }

  async #copy(what: string, run: () => Promise<{ clearsAfterSeconds: number | null }>): Promise<Copying> {
    const answer = await this.#copies.ask(run);
    if (answer === null) return "overtaken";
    if (answer.failure !== null) return answer.failure;
    this.#copied(what, answer.value.clearsAfterSeconds);
    return "copied";
  }

  #copied(what: string, clearsAfterSeconds: number | null): void {
    clearTimeout(this.#timer);
    this.justCopied = what;
    this.#timer = setTimeout(() => (this.justCopied = null), 4_000);
    this.cleared = false;
    this.holdsSecret = clearsAfterSeconds !== null;
    this.countdown.stop();
    clearTimeout(this.#leaving);
    if (clearsAfterSeconds === null) return;
    this.countdown.start(clearsAfterSeconds, () => (this.#leaving = setTimeout(() => (this.holdsSecret = false), toldWithin)));
  }

  #secretLeft(): void {
    if (!this.holdsSecret) return;
    clearTimeout(this.#leaving);
    this.holdsSecret = false;
    this.countdown.stop();
    this.cleared = true;
    this.#leaving = setTimeout(() => (this.cleared = false), saidFor);
  }
}

export const clipboard = new Clipboard();
