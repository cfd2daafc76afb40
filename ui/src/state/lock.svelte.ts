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
  readonly canLock: boolean = $derived(this.state?.canLock ?? false);
  /** The notice that it does not lock yet was put off until the next start. */
  later = $state(false);
  #told = 0;

  constructor() {
    // A passphrase that was set, or an account that was connected, may be what it waits for to lock.
    const mayLockNow = () => {
      if (this.state !== null && !this.canLock) void this.load();
    };
    backend.on("backupChanged", mayLockNow);
    backend.on("connectionChanged", mayLockNow);
  }

  async load(): Promise<void> {
    try {
      this.state = await backend.lockState();
      this.failure = null;
    } catch (problem) {
      this.failure = asFailure(problem);
    }
  }

  /** Tries the system’s own check. Once it has worked here, it counts as a way to unlock. */
  async trySystem(): Promise<void> {
    try {
      await backend.unlockWithSystem();
      await this.load();
      notices.show(this.canLock ? "It worked. Subvault locks by itself from now on." : "It worked.");
    } catch (problem) {
      const { kind } = asFailure(problem);
      notices.show(
        kind === "alreadyAsking"
          ? "You are being asked already. The question may be behind this window."
          : kind === "cannotAskNow"
            ? "This computer cannot ask at the moment, so it cannot unlock Subvault. Set a recovery passphrase instead."
            : "It was not confirmed, so nothing was changed.",
        { tone: "warn" },
      );
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
