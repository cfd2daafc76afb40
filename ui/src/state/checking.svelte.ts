/** Trying out this computer: what has been tried so far, and what was found. */
import { backend } from "../backend";
import type { CheckEvent, CheckFinding, CheckName, Failure } from "../wire";
import { openAccount } from "./account";
import { Latest } from "./latest";

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
  readonly #runs = new Latest();

  readonly findings: CheckFinding[] = $derived(this.things.flatMap(({ finding }) => finding ?? []));
  readonly done: boolean = $derived(!this.running && this.findings.length === checks.length);

  constructor() {
    openAccount.forgets(this);
  }

  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    this.failure = null;
    this.things = ahead();
    const answer = await this.#runs.ask((counts) => backend.checkComputer((event) => this.#heard(counts, event)));
    if (answer === null) return;
    this.failure = answer.failure;
    this.running = false;
  }

  reset(): void {
    this.#runs.overtake();
    this.running = false;
    this.things = ahead();
    this.failure = null;
  }

  #heard(counts: () => boolean, { check, finding }: CheckEvent): void {
    if (!counts()) return;
    this.#set(check, { state: finding === null ? "running" : "done", slow: false, finding });
    if (finding === null) setTimeout(() => this.#isSlow(counts, check), expectedWithin);
  }

  #isSlow(counts: () => boolean, check: CheckName): void {
    if (counts() && this.things.some((one) => one.check === check && one.state === "running")) this.#set(check, { slow: true });
  }

  #set(check: CheckName, change: Partial<Tried>): void {
    this.things = this.things.map((one) => (one.check === check ? { ...one, ...change } : one));
  }
}

function ahead(): Tried[] {
  return checks.map((check) => ({ check, state: "ahead", slow: false, finding: null }));
}

export const checking = new Checking();
