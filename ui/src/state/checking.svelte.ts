/** Trying out this computer: what has been tried so far, and what was found. */
import { backend } from "../backend";
import { asFailure } from "../failures/failure";
import type { CheckEvent, CheckFinding, CheckName, Failure } from "../wire";

export type Tried = {
  check: CheckName;
  state: "ahead" | "running" | "done";
  /** It has been running for longer than one expects. */
  slow: boolean;
  finding: CheckFinding | null;
};

/** Longer than this and it is said what may be in the way. */
const expectedWithin = 1_000;

/** What is tried, in the order it is shown. */
export const checks: readonly CheckName[] = ["keychain", "dataFolder", "records", "network", "twilio", "clock"];

class Checking {
  things = $state.raw<Tried[]>(ahead());
  running = $state(false);
  /** Why nothing could be tried at all. */
  failure = $state.raw<Failure | null>(null);
  /** Counts the runs and the accounts: what an older run finds is about the folder and the keychain items of another. */
  #turn = 0;

  readonly findings: CheckFinding[] = $derived(this.things.flatMap(({ finding }) => finding ?? []));
  readonly done: boolean = $derived(!this.running && this.findings.length === checks.length);

  async run(): Promise<void> {
    if (this.running) return;
    const turn = ++this.#turn;
    this.running = true;
    this.failure = null;
    this.things = ahead();
    try {
      await backend.checkComputer((event) => this.#heard(turn, event));
    } catch (problem) {
      if (turn === this.#turn) this.failure = asFailure(problem);
    } finally {
      if (turn === this.#turn) this.running = false;
    }
  }

  reset(): void {
    this.#turn += 1;
    this.running = false;
    this.things = ahead();
    this.failure = null;
  }

  #heard(turn: number, { check, finding }: CheckEvent): void {
    if (turn !== this.#turn) return;
    this.#set(check, { state: finding === null ? "running" : "done", slow: false, finding });
    if (finding === null) setTimeout(() => this.#isSlow(turn, check), expectedWithin);
  }

  #isSlow(turn: number, check: CheckName): void {
    if (turn === this.#turn && this.things.some((one) => one.check === check && one.state === "running")) this.#set(check, { slow: true });
  }

  #set(check: CheckName, change: Partial<Tried>): void {
    this.things = this.things.map((one) => (one.check === check ? { ...one, ...change } : one));
  }
}

function ahead(): Tried[] {
  return checks.map((check) => ({ check, state: "ahead", slow: false, finding: null }));
}

export const checking = new Checking();
