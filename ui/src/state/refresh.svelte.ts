/** Reading everything anew from Twilio: whether it runs, how far it is, and what stopped it. */
import { backend } from "../backend";
import { asFailure, isUnreachable } from "../failures/failure";
import type { Failure, Operation, OperationStep, Outcome } from "../wire";
import { openAccount } from "./account";
import { Latest } from "./latest";
import { list } from "./list.svelte";
import { operations } from "./operations.svelte";

class Refresh {
  running = $state(false);
  /** How many subaccounts were read, once it is known of how many. */
  progress = $state.raw<OperationStep | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Subaccounts that the last one could not read. */
  unread = $state(0);
  #ended = $state<"done" | "stopped" | null>(null);
  /** It was stopped by hand before it had ended. */
  readonly stopped: boolean = $derived(this.#ended === "stopped");
  /** It has read everything. */
  readonly done: boolean = $derived(this.#ended === "done");
  /** Twilio cannot be reached. Where somebody opens the connection on its way, it can be, and its user has to say whether it may. */
  readonly offline: boolean = $derived(this.failure !== null && this.failure.kind !== "inspected" && isUnreachable(this.failure.kind));
  readonly #runs = new Latest();

  constructor() {
    openAccount.forgets(this);
    operations.follow(["refresh"], (operation) => this.#hear(operation));
    globalThis.addEventListener?.("online", () => {
      if (this.offline) void this.start();
    });
  }

  start(): Promise<void> {
    return this.#run(() => operations.carryOut({ what: "refresh" }));
  }

  async stop(): Promise<void> {
    try {
      await backend.stopOperations("refresh");
    } catch (problem) {
      this.failure = asFailure(problem);
    }
  }

  reset(): void {
    this.#runs.overtake();
    this.running = false;
    this.progress = null;
    this.failure = null;
    this.unread = 0;
    this.#ended = null;
  }

  async #run(outcome: () => Promise<Outcome>): Promise<void> {
    if (this.running) return;
    this.running = true;
    this.progress = null;
    this.#ended = null;
    this.unread = 0;
    const answer = await this.#runs.ask(outcome);
    if (answer === null) return;
    this.failure = answer.failure;
    if (answer.value !== null) this.#end(answer.value);
    this.running = false;
    await list.load();
  }

  #end(outcome: Outcome): void {
    if (outcome.is === "failed") {
      this.failure = outcome.failure;
      return;
    }
    this.#ended = outcome.is;
    if (outcome.is === "done" && outcome.result.what === "refreshed") this.unread = outcome.result.unread;
  }

  #hear({ id, steps, outcome }: Operation): void {
    if (outcome !== null) return;
    // A page that was loaded anew finds it running.
    if (!this.running) void this.#run(() => operations.outcomeOf(id));
    const progress = steps.find(({ step }) => step === "readDetails") ?? null;
    if (this.progress === null && progress !== null) {
      this.failure = null;
      void list.load();
    }
    this.progress = progress;
  }
}

export const refresh = new Refresh();
