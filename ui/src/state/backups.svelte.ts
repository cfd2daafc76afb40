/** How recovery and backups stand, and the backup that is running. */
import { backend } from "../backend";
import { asFailure } from "../failures/failure";
import type { BackupStage, BackupState, Failure, SettleProgress } from "../wire";

class Backups {
  state = $state.raw<BackupState | null>(null);
  /** Where the running backup stands; null when none runs. */
  stage = $state<BackupStage | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Does again what failed. */
  again: () => void = () => {};
  /** How far restored keys are settled in; null when nothing was restored. */
  settling = $state.raw<SettleProgress | null>(null);
  /** The offer of a recovery passphrase was put off until the next start. */
  later = $state(false);
  /** Counts the accounts that were open: an answer about one before says nothing of this one. */
  #account = 0;
  /** Counts the readings and what was heard since, so that a state read before does not replace a newer one. */
  #turn = 0;

  constructor() {
    backend.on("backupChanged", (state) => {
      this.#put(state);
      // The daily backup has nobody who waits for its end.
      if (!state.running) this.stage = null;
    });
    backend.on("backupProgress", (stage) => (this.stage = stage));
    backend.on("settleProgress", (progress) => (this.settling = progress));
    // A key that was just saved may be the first.
    backend.on("rowsChanged", () => {
      if (this.state !== null && this.state.savedKeys === 0) void this.load();
    });
  }

  async load(): Promise<void> {
    const mine = ++this.#turn;
    try {
      const state = await backend.backupState();
      if (mine === this.#turn) this.state = state;
    } catch (problem) {
      if (mine !== this.#turn) return;
      this.failure = asFailure(problem);
      this.again = () => {
        this.failure = null;
        void this.load();
      };
    }
  }

  /** Does one thing whose answer is the new state. */
  async change(work: () => Promise<BackupState | null>, again: () => void = () => void this.change(work)): Promise<boolean> {
    const account = this.#account;
    const turn = this.#turn;
    this.failure = null;
    this.again = again;
    try {
      const state = await work();
      if (account !== this.#account || state === null) return false;
      const heardMore = turn !== this.#turn;
      this.#put(state);
      // What came meanwhile may be newer than this answer.
      if (heardMore) void this.load();
      return true;
    } catch (problem) {
      if (account !== this.#account) return false;
      const failure = asFailure(problem);
      if (failure.kind !== "backupStopped") this.failure = failure;
      return false;
    }
  }

  async backUpNow(again: () => void): Promise<boolean> {
    const account = this.#account;
    this.stage = "gathering";
    const made = await this.change(() => backend.backUpNow(), again);
    if (account !== this.#account) return false;
    this.stage = null;
    if (!made) await this.load();
    return made;
  }

  reset(): void {
    this.#account += 1;
    this.#turn += 1;
    this.state = null;
    this.stage = null;
    this.failure = null;
    this.settling = null;
    this.later = false;
  }

  #put(state: BackupState): void {
    this.#turn += 1;
    this.state = state;
  }
}

export const backups = new Backups();
