/** The creation that is running, or has just ended. It goes on when its dialog is closed. */
import { backend } from "../backend";
import { asFailure } from "../failures/failure";
import type { Failure, Made, StepEvent, StepName, Unfinished } from "../wire";
import { openAccount } from "./account";
import { detail } from "./detail.svelte";
import { dialogs } from "./dialogs.svelte";
import { notices } from "./notices.svelte";
import type { Step } from "./steps";
import { unfinished } from "./unfinished.svelte";

export type MakingKind = "subaccount" | "key" | "finish";

/** What is to be made, so that it can be asked for anew. */
export type Order =
  { what: "subaccount"; name: string; agreed: string[] } | { what: "key"; accountSid: string; accountName: string; name: string };

const keySteps: StepName[] = ["check", "createKey", "seal", "saveInKeychain", "nameKey", "prove"];
const stepsOf: Record<MakingKind, StepName[]> = {
  subaccount: ["check", "createSubaccount", "createKey", "seal", "saveInKeychain", "nameKey", "prove"],
  key: keySteps,
  // What is left to do is known only as it happens.
  finish: [],
};

class Making {
  kind = $state<MakingKind>("subaccount");
  /** The customer, as typed or as listed. */
  name = $state("");
  running = $state(false);
  steps = $state.raw<Step[]>([]);
  failure = $state.raw<Failure | null>(null);
  /** What was asked for; null where something is finished of which that is not known. */
  order = $state.raw<Order | null>(null);
  #again: (() => Promise<void>) | null = null;

  constructor() {
    openAccount.forgets(this);
  }

  /** `agreed` are the subaccounts of that name beside which another one is wanted all the same. */
  createSubaccount(name: string, agreed: string[]): void {
    this.#start("subaccount", name, { what: "subaccount", name, agreed }, (onStep) => backend.createSubaccount(name, agreed, onStep));
  }

  createKey(accountSid: string, accountName: string, name: string): void {
    this.#start("key", accountName, { what: "key", accountSid, accountName, name }, (onStep) =>
      backend.createKey(accountSid, name, onStep),
    );
  }

  finish(id: number, name: string): void {
    const thing = unfinished.find(id);
    const order = thing === undefined ? this.order : orderOf(thing, name);
    this.#start("finish", name, order, (onStep) => backend.finish(id, onStep));
  }

  /** Makes what was asked for from the beginning: what was begun has come to its end without it. */
  anew(): void {
    if (this.order?.what === "subaccount") this.createSubaccount(this.order.name, this.order.agreed);
    else if (this.order?.what === "key") this.createKey(this.order.accountSid, this.order.accountName, this.order.name);
  }

  /** Starts the same again. Only for failures that left nothing unfinished. */
  again(): void {
    void this.#again?.();
  }

  reset(): void {
    this.running = false;
    this.steps = [];
    this.failure = null;
    this.order = null;
    this.#again = null;
  }

  #start(kind: MakingKind, name: string, order: Order | null, run: (onStep: (event: StepEvent) => void) => Promise<Made>): void {
    if (this.running) return dialogs.open({ kind: "making" });
    this.kind = kind;
    this.name = name;
    this.order = order;
    this.#again = () => this.#run(run);
    dialogs.open({ kind: "making" });
    void this.#again();
  }

  async #run(run: (onStep: (event: StepEvent) => void) => Promise<Made>): Promise<void> {
    this.running = true;
    this.failure = null;
    this.steps = stepsOf[this.kind].map((name) => ({ name, state: "ahead" }));
    try {
      this.#made(await run((event) => this.#step(event)));
    } catch (problem) {
      this.#failed(asFailure(problem));
    }
  }

  #step({ step, state }: StepEvent): void {
    const known = this.steps.some((one) => one.name === step);
    this.steps = known
      ? this.steps.map((one) => (one.name === step ? { name: step, state } : one))
      : [...this.steps, { name: step, state }];
  }

  #made(made: Made): void {
    this.running = false;
    void detail.reload();
    // The card may be opened when other steps are under way.
    const { steps } = this;
    const handOver = () => dialogs.open({ kind: "handOver", keySid: made.keySid, steps });
    if (dialogs.current?.kind === "making") handOver();
    else notices.show("The key is ready for", { name: made.accountName, action: { label: "Hand over…", run: handOver } });
  }

  #failed(failure: Failure): void {
    this.running = false;
    this.failure = failure;
    this.steps = this.steps.map((one) => (one.state === "running" ? { ...one, state: "failed" } : one));
    void unfinished.load();
    void detail.reload();
    if (dialogs.current?.kind === "making") {
      // Whether to make another one all the same is asked where the name was typed.
      if (failure.kind === "nameTaken") dialogs.open({ kind: "newSubaccount", name: this.name, taken: true });
      return;
    }
    const { kind, name, steps, order } = this;
    const again = this.#again;
    const show = () => {
      // Something else may have been made since, or be under way.
      if (this.running) return notices.show("This is kept under Needs attention.", { tone: "warn" });
      Object.assign(this, { kind, name, steps, order, failure });
      this.#again = again;
      dialogs.open({ kind: "making" });
    };
    notices.show("Not finished:", { name, tone: "warn", action: { label: "Show", run: show } });
  }
}

/** What an unfinished thing was to become. */
function orderOf(thing: Unfinished, customer: string): Order | null {
  if (thing.what === "subaccount") return { what: "subaccount", name: thing.name, agreed: [] };
  if (thing.accountSid === null || thing.keyName === null) return null;
  return { what: "key", accountSid: thing.accountSid, accountName: customer, name: thing.keyName };
}

export const making = new Making();
