/** What the window knows of the lock: how it can be opened, and that somebody is there. */
import { backend } from "../backend";
import { asFailure } from "../failures/failure";
import type { Failure, LockState, SystemQuestion } from "../wire";
import { notices } from "./notices.svelte";

/** The Rust side is told at most so often that somebody is there. */
const tellEvery = 10_000;

export const systemButtons: Record<SystemQuestion, string> = {
  windowsHello: "Unlock with Windows Hello",
  mac: "Unlock with Touch ID or your Mac’s password",
  computerPassword: "Unlock with this computer’s password",
};

export const systemNames: Record<SystemQuestion, string> = {
  windowsHello: "Windows Hello",
  mac: "Touch ID or your Mac’s password",
  computerPassword: "this computer’s password",
};

class Lock {
  state = $state.raw<LockState | null>(null);
  failure = $state.raw<Failure | null>(null);
  readonly canLock: boolean = $derived(this.state !== null && (this.state.passphrase || this.state.system !== null));
  #told = 0;

  async load(): Promise<void> {
    try {
      this.state = await backend.lockState();
      this.failure = null;
    } catch (problem) {
      this.failure = asFailure(problem);
    }
  }

  async lockNow(): Promise<void> {
    try {
      await backend.lockNow();
    } catch (problem) {
      const { kind } = asFailure(problem);
      notices.show(
        kind === "noWayToUnlock"
          ? "Subvault cannot lock yet. Set a recovery passphrase under Backup first."
          : "Subvault could not be locked. Try again.",
        { tone: "warn" },
      );
    }
  }

  /** Somebody moved the mouse or pressed a key. */
  noteActivity(): void {
    const now = performance.now();
    if (this.#told !== 0 && now - this.#told < tellEvery) return;
    this.#told = now;
    void backend.active().catch(() => {
      // Locked meanwhile: the page is about to be loaded anew.
    });
  }
}

export const lock = new Lock();
