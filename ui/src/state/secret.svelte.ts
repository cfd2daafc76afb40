/** One secret on the screen, for a short time. It is fetched only when asked for, and dropped when the time is up. */
import { backend } from "../backend";
import { asFailure } from "../failures";
import type { Failure } from "../wire";
import { Countdown } from "./clock.svelte";
import { confirming } from "./confirming.svelte";

export class ShownSecret {
  secret = $state<string | null>(null);
  asking = $state(false);
  failure = $state.raw<Failure | null>(null);
  readonly countdown = new Countdown();
  #turn = 0;

  async show(keySid: string): Promise<void> {
    const turn = ++this.#turn;
    this.asking = true;
    this.failure = null;
    try {
      const shown = await confirming.first(() => backend.showSecret(keySid));
      if (turn !== this.#turn) return;
      this.secret = shown.secret;
      this.countdown.start(shown.hideAfterSeconds, () => this.hide());
    } catch (problem) {
      if (turn === this.#turn) this.failure = asFailure(problem);
    } finally {
      if (turn === this.#turn) this.asking = false;
    }
  }

  /** Also makes an answer that is still on its way be dropped. */
  hide(): void {
    this.#turn += 1;
    this.secret = null;
    this.asking = false;
    this.countdown.stop();
  }

  /** Hides it when the window is left or covered; returns how to stop watching. */
  watchWindow(): () => void {
    // The system's own question takes the focus while it asks; nothing is shown yet then.
    const hide = () => {
      if (this.secret !== null || !confirming.asking) this.hide();
    };
    const hideIfHidden = () => {
      if (document.hidden) this.hide();
    };
    window.addEventListener("blur", hide);
    document.addEventListener("visibilitychange", hideIfHidden);
    return () => {
      this.hide();
      window.removeEventListener("blur", hide);
      document.removeEventListener("visibilitychange", hideIfHidden);
    };
  }
}
