/** How recovery and backups stand, and the backup that is running. */
import { backend } from "../backend";
import type { BackupStage, BackupState, Failure, SettleProgress } from "../wire";
import { openAccount } from "./account";
import { Latest, ofThisAccount } from "./latest";

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
  readonly #reading = new Latest();

  constructor() {
    openAccount.forgets(this);
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
    const answer = await this.#reading.ask(() => backend.backupState());
    if (answer === null) return;
    if (answer.failure === null) {
      this.state = answer.value;
      return;
    }
    this.failure = answer.failure;
    this.again = () => {
      this.failure = null;
      void this.load();
    };
  }

  /** Does one thing whose answer is the new state. */
  async change(work: () => Promise<BackupState | null>, again: () => void = () => void this.change(work)): Promise<boolean> {
    const nothingHeard = this.#reading.sinceNow();
    this.failure = null;
    this.again = again;
    const answer = await ofThisAccount(work);
    if (answer === null) return false;
    if (answer.failure !== null) {
      if (answer.failure.kind !== "backupStopped") this.failure = answer.failure;
      return false;
    }
    if (answer.value === null) return false;
    const heardMore = !nothingHeard();
    this.#put(answer.value);
    // What came meanwhile may be newer than this answer.
    if (heardMore) void this.load();
    return true;
  }

  async backUpNow(again: () => void): Promise<boolean> {
    const sameAccount = openAccount.sinceNow();
    this.stage = "gathering";
    const made = await this.change(() => backend.backUpNow(), again);
    if (!sameAccount()) return false;
    this.stage = null;
    if (!made) await this.load();
    return made;
  }

  reset(): void {
    this.#reading.overtake();
    this.state = null;
    this.stage = null;
    this.failure = null;
    this.settling = null;
    this.later = false;
  }

  #put(state: BackupState): void {
    this.#reading.overtake();
    this.state = state;
  }
}

export const backups = new Backups();
