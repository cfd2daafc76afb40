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

  constructor() {
    backend.on("backupChanged", (state) => {
      this.state = state;
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
    try {
      this.state = await backend.backupState();
    } catch (problem) {
      this.failure = asFailure(problem);
      this.again = () => void this.load();
    }
  }

  /** Does one thing whose answer is the new state. */
  async change(work: () => Promise<BackupState | null>, again: () => void = () => void this.change(work)): Promise<boolean> {
    this.failure = null;
    this.again = again;
    try {
      const state = await work();
      if (state !== null) this.state = state;
      return state !== null;
    } catch (problem) {
      const failure = asFailure(problem);
      if (failure.kind !== "backupStopped") this.failure = failure;
      return false;
    }
  }

  async backUpNow(again: () => void): Promise<boolean> {
    this.stage = "gathering";
    const made = await this.change(() => backend.backUpNow(), again);
    this.stage = null;
    if (!made) await this.load();
    return made;
  }

  reset(): void {
    this.state = null;
    this.stage = null;
    this.failure = null;
    this.settling = null;
    this.later = false;
  }
}

export const backups = new Backups();
