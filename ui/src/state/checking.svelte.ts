/** Trying out this computer: what has been tried so far, and what was found. */
import type { CheckEvent, CheckFinding, CheckName, Failure, Operation } from "../wire";
import { openAccount } from "./account";
import { Latest } from "./latest";
import { operations } from "./operations.svelte";

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
  /** The newest check there was when this one began: what is told of it says nothing of this one. */
  #earlier = 0;

  readonly findings: CheckFinding[] = $derived(this.things.flatMap(({ finding }) => finding ?? []));
  readonly done: boolean = $derived(!this.running && this.findings.length === checks.length);

  constructor() {
    openAccount.forgets(this);
    operations.follow(["checkComputer"], (operation) => this.#hear(operation));
  }

  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    this.failure = null;
    this.things = ahead();
    this.#earlier = operations.newest("checkComputer")?.id ?? 0;
    const answer = await this.#runs.ask(() => operations.carryOut({ what: "checkComputer" }));
    if (answer === null) return;
    this.failure = answer.value?.is === "failed" ? answer.value.failure : answer.failure;
    this.running = false;
  }

  reset(): void {
    this.#runs.overtake();
    this.running = false;
    this.things = ahead();
    this.failure = null;
    this.#earlier = 0;
  }

  #hear({ id, checks }: Operation): void {
    if (id <= this.#earlier) return;
    for (const event of checks) this.#heard(event);
  }

  #heard({ check, finding }: CheckEvent): void {
    const state = finding === null ? "running" : "done";
    const known = this.things.find((one) => one.check === check);
    if (known?.state === state) return;
    this.#set(check, { state, slow: false, finding });
    if (finding !== null) return;
    const counts = this.#runs.sinceNow();
    setTimeout(() => this.#isSlow(counts, check), expectedWithin);
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
