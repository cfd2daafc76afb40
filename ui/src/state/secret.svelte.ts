/** One secret on the screen, for a short time. It is fetched only when asked for, and dropped when the time is up. */
import { backend } from "../backend";
import { asFailure } from "../failures/failure";
import type { Failure } from "../wire";
import { Countdown } from "./clock.svelte";
import { confirming } from "./confirming.svelte";

/** The keychain's own box takes the focus while it asks; it comes back within this time when that is answered. */
const backWithin = 3000;

export class ShownSecret {
  secret = $state<string | null>(null);
  asking = $state(false);
  failure = $state.raw<Failure | null>(null);
  readonly countdown = new Countdown();
  #turn = 0;
  /** The window is left, or something of the system's lies over it. */
  #left = false;
  #cameBack: () => void = () => {};

  async show(keySid: string): Promise<void> {
    const turn = ++this.#turn;
    this.asking = true;
    this.failure = null;
    try {
      const shown = await confirming.first(() => backend.showSecret(keySid));
      const lookedAt = turn === this.#turn && (await this.#isLookedAt());
      if (turn !== this.#turn) return;
      if (!lookedAt) return this.hide();
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
    const leave = () => {
      this.#left = true;
      if (this.secret !== null) this.hide();
    };
    const comeBack = () => {
      this.#left = false;
      this.#cameBack();
    };
    const hideIfHidden = () => {
      if (document.hidden) this.hide();
    };
    window.addEventListener("blur", leave);
    window.addEventListener("focus", comeBack);
    document.addEventListener("visibilitychange", hideIfHidden);
    return () => {
      this.hide();
      window.removeEventListener("blur", leave);
      window.removeEventListener("focus", comeBack);
      document.removeEventListener("visibilitychange", hideIfHidden);
    };
  }

  /** Whether somebody is at the window, or soon is again. */
  async #isLookedAt(): Promise<boolean> {
    if (!this.#left) return true;
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), backWithin);
      this.#cameBack = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }
}
