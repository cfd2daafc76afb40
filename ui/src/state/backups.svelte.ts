/** How recovery and backups stand, and the backup that is running. */
import { backend } from "../backend";
import type { BackupState, Failure, Operation } from "../wire";
import { openAccount } from "./account";
import { Latest, ofThisAccount } from "./latest";
import { operations } from "./operations.svelte";
import type { BackupStep } from "./steps";

/** How far restored keys are settled in, and what is left of that at the end. */
export type Settling = {
  phase: "keeping" | "proving" | "done";
  done: number;
  total: number;
  sealedOnly: number;
  refused: number;
  waiting: number;
};

class Backups {
  state = $state.raw<BackupState | null>(null);
  /** Where the running backup stands; null when none runs. */
  stage = $state<BackupStep | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Does again what failed. */
  again: () => void = () => {};
  /** How far restored keys are settled in; null when nothing was restored. */
  settling = $state.raw<Settling | null>(null);
  #settled: number | null = null;
  /** The newest backup there was when this one began: what is told of it says nothing of this one. */
  #earlier = 0;
  /** The offer of a recovery passphrase was put off until the next start. */
  later = $state(false);
  readonly #reading = new Latest();

  constructor() {
    openAccount.forgets(this);
    backend.on("backupChanged", (state) => this.#put(state));
    operations.follow(["backUp"], ({ id, steps, outcome }) => {
      if (id <= this.#earlier) return;
      const running = outcome === null ? steps.at(-1)?.step : undefined;
      this.stage = running === undefined ? null : (running as BackupStep);
    });
    operations.follow(["settle"], (operation) => this.#settle(operation));
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
    this.stage = "gather";
    this.#earlier = operations.newest("backUp")?.id ?? 0;
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
    this.#earlier = 0;
    this.later = false;
  }

  /** What became of what was restored was looked at. */
  understood(): void {
    this.settling = null;
    if (this.#settled !== null) operations.dismiss(this.#settled);
    this.#settled = null;
  }

  #settle({ id, steps, outcome }: Operation): void {
    this.#settled = outcome === null ? null : id;
    const left = { sealedOnly: 0, refused: 0, waiting: 0 };
    if (outcome === null) {
      const { done, total } = steps.at(-1) ?? { done: 0, total: 0 };
      this.settling = { phase: steps.at(-1)?.step === "proveRestored" ? "proving" : "keeping", done, total, ...left };
    } else if (outcome.is === "done" && outcome.result.what === "settled") {
      this.settling = { phase: "done", done: 0, total: 0, ...outcome.result };
    } else {
      // It was left, or another one is at it, which tells more.
      this.settling = null;
    }
  }

  #put(state: BackupState): void {
    this.#reading.overtake();
    this.state = state;
  }
}

export const backups = new Backups();
