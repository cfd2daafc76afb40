/** One secret on the screen, for a short time. It is fetched only when asked for, and dropped when the time is up. */
import { backend } from "../backend";
import type { Failure } from "../wire";
import { Countdown } from "./clock.svelte";
import { confirming } from "./confirming.svelte";
import { Latest } from "./latest";

/** The keychain's own box takes the focus while it asks; it comes back within this time when that is answered. */
const backWithin = 3000;

export class ShownSecret {
  secret = $state<string | null>(null);
  asking = $state(false);
  failure = $state.raw<Failure | null>(null);
  readonly countdown = new Countdown();
  readonly #showing = new Latest();
  /** The window is left, or something of the system's lies over it. */
  #left = false;
  #cameBack: () => void = () => {};

  async show(keySid: string): Promise<void> {
    this.asking = true;
    this.failure = null;
    const answer = await this.#showing.ask(async (counts) => {
      const shown = await confirming.first(() => backend.showSecret(keySid));
      return counts() && (await this.#isLookedAt()) ? shown : null;
    });
    if (answer === null) return;
    this.asking = false;
    if (answer.failure !== null) this.failure = answer.failure;
    else if (answer.value === null) this.hide();
    else {
      this.secret = answer.value.secret;
      this.countdown.start(answer.value.hideAfterSeconds, () => this.hide());
    }
  }

  /** Also makes an answer that is still on its way be dropped. */
  hide(): void {
    this.#showing.overtake();
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
