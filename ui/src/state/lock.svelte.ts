/** What the window knows of the lock: how it can be opened, and that somebody is there. */
import { backend } from "../backend";
import { asFailure } from "../failures/failure";
import type { Failure, LockState } from "../wire";
import { startWords } from "../words/start.svelte";
import { notices } from "./notices.svelte";

/** The Rust side is told at most so often that somebody is there. */
const tellEvery = 10_000;

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
      const said = startWords().lockNotice;
      notices.show(this.canLock ? said.workedAndLocks : said.worked);
    } catch (problem) {
      const { kind } = asFailure(problem);
      const said = startWords().lockNotice;
      const why = kind === "alreadyAsking" || kind === "cannotAskNow" ? said[kind] : said.notConfirmed;
      notices.show(why, { tone: "warn" });
    }
  }

  async lockNow(): Promise<void> {
    try {
      await backend.lockNow();
    } catch (problem) {
      const { kind } = asFailure(problem);
      const said = startWords().lockNotice;
      notices.show(kind === "noWayToUnlock" ? said.cannotLockYet : said.notLocked, { tone: "warn" });
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
