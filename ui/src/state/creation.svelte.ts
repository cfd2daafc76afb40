/** The creation that is running, or has just ended. It goes on when its dialog is closed, and is found again by a page that was loaded anew. */
import { backend } from "../backend";
import { asFailure } from "../failures/failure";
import type { BatchItem, Failure, ReadyKey, Operation, OperationKind, OperationSubject, Order, Unfinished } from "../wire";
import { startWords } from "../words/start.svelte";
import { openAccount } from "./account";
import { detail } from "./detail.svelte";
import { dialogs, type KeyToReplace } from "./dialogs.svelte";
import { list } from "./list.svelte";
import { notices } from "./notices.svelte";
import { operations } from "./operations.svelte";
import type { CreationStep, Step } from "./steps";
import { unfinished } from "./unfinished.svelte";

const kinds = ["createSubaccount", "createKey", "replaceKey", "finish"] as const satisfies readonly OperationKind[];

export type MakingKind = (typeof kinds)[number];

/** What is to be made, so that it can be asked for anew. */
export type CreationOrder = Extract<Order, { what: "createSubaccount" | "createKey" | "replaceKey" }>;

const keySteps: CreationStep[] = ["check", "createKey", "seal", "saveInKeychain", "nameKey", "prove"];
const stepsOf: Record<MakingKind, CreationStep[]> = {
  createSubaccount: ["check", "createSubaccount", "createKey", "seal", "saveInKeychain", "nameKey", "prove"],
  createKey: keySteps,
  replaceKey: keySteps,
  // What is left to do is known only as it happens.
  finish: [],
};

class Creation {
  kind = $state<MakingKind>("createSubaccount");
  /** The customer, as typed or as listed. */
  name = $state("");
  running = $state(false);
  steps = $state.raw<Step[]>([]);
  failure = $state.raw<Failure | null>(null);
  /** What was asked for; null where something is finished of which that is not known. */
  order = $state.raw<CreationOrder | null>(null);
  /** What was begun last. */
  #begun: Order | null = null;
  /** By which its news are known; null until it has begun. */
  #id: number | null = null;
  /** Operations of batches. */
  #ofBatches = new Set<number>();

  constructor() {
    openAccount.forgets(this);
    operations.follow(kinds, (operation) => this.#hear(operation));
  }

  /** `agreed` are the subaccounts of that name beside which another one is wanted all the same. */
  createSubaccount(name: string, keyName: string, agreed: string[]): void {
    const order: CreationOrder = { what: "createSubaccount", name, keyName, agreed };
    this.#start("createSubaccount", name, order, order);
  }

  createKey(accountSid: string, accountName: string, name: string): void {
    const order: CreationOrder = { what: "createKey", accountSid, name };
    this.#start("createKey", accountName, order, order);
  }

  /** Makes the key that is to take the place of this one. */
  replaceKey({ accountSid, accountName, keySid }: KeyToReplace, name: string): void {
    const order: CreationOrder = { what: "replaceKey", accountSid, keySid, name };
    this.#start("replaceKey", accountName, order, order);
  }

  finish(id: number, name: string): void {
    const thing = unfinished.find(id);
    // What was asked for here says more than what is kept of it.
    const order = thing === undefined || this.failure?.unfinished === id ? this.order : orderOf(thing);
    this.#start("finish", name, order, { what: "finish", entry: id });
  }

  /** Makes what was asked for from the beginning: what was begun has come to its end without it. */
  restart(): void {
    const { order, name } = this;
    if (order !== null) this.#start(order.what, name, order, order);
  }

  /** Starts the same again. Only for failures that left nothing unfinished. */
  retry(): void {
    if (this.#begun !== null) void this.#begin(this.#begun);
  }

  reset(): void {
    this.running = false;
    this.steps = [];
    this.failure = null;
    this.order = null;
    this.#begun = null;
    this.#id = null;
    this.#ofBatches = new Set();
  }

  #start(kind: MakingKind, name: string, order: CreationOrder | null, begun: Order): void {
    if (this.running) return dialogs.open({ kind: "creation" });
    this.kind = kind;
    this.name = name;
    this.order = order;
    dialogs.open({ kind: "creation" });
    void this.#begin(begun);
  }

  async #begin(order: Order): Promise<void> {
    const sameAccount = openAccount.sinceNow();
    this.#begun = order;
    this.#id = null;
    this.running = true;
    this.failure = null;
    this.steps = stepsOf[this.kind].map((name) => ({ name, state: "ahead" }));
    try {
      const id = await backend.begin(order);
      if (!sameAccount()) return;
      this.#id = id;
    } catch (problem) {
      if (sameAccount()) this.#failed(asFailure(problem));
      return;
    }
    // It may have been told before its number was.
    const known = operations.find(this.#id);
    if (known !== undefined) this.#hear(known);
  }

  #hear(newest: Operation): void {
    // What another page or a batch has begun since is not what is shown.
    const operation = (this.#id === null ? undefined : operations.find(this.#id)) ?? newest;
    // What has begun is known by its number, which is on its way.
    if (this.running && this.#id === null) return;
    if (this.running && this.#id !== operation.id) return;
    if (!this.running) {
      if (this.#isOfBatch(operation)) return;
      this.#find(operation);
    }
    for (const { step, state } of operation.steps) this.#step({ name: step as CreationStep, state });
    const { outcome } = operation;
    if (outcome === null) return;
    this.#id = null;
    operations.dismiss(operation.id);
    if (outcome.is === "failed") this.#failed(outcome.failure);
    else if (outcome.is === "done" && outcome.result.what === "created") this.#made(outcome.result.made);
  }

  /** What a batch makes is told of with the batch, and stays listed after it. */
  #isOfBatch({ id, kind, subject }: Operation): boolean {
    const isThis = (item: BatchItem) =>
      (item.state.is === "running" && item.state.operation === id) || (item.kind === kind && areSame(item.subject, subject));
    if (operations.all.some(({ items }) => items.some(isThis))) this.#ofBatches.add(id);
    return this.#ofBatches.has(id);
  }

  /** One that this page has not begun: it was loaded anew meanwhile. */
  #find({ id, kind, subject }: Operation): void {
    const listed = subject.accountSid === null ? undefined : list.entry(subject.accountSid)?.row.name;
    const begun = subject.entry === null ? undefined : unfinished.find(subject.entry)?.name;
    this.kind = kind as MakingKind;
    this.name = listed ?? begun ?? subject.name ?? "";
    this.order = null;
    this.#begun = null;
    this.failure = null;
    this.steps = stepsOf[this.kind].map((name) => ({ name, state: "ahead" }));
    this.#id = id;
    this.running = true;
  }

  #step(step: Step): void {
    const known = this.steps.some(({ name }) => name === step.name);
    this.steps = known ? this.steps.map((one) => (one.name === step.name ? step : one)) : [...this.steps, step];
  }

  #made(made: ReadyKey): void {
    this.running = false;
    void detail.reload();
    // The card may be opened when other steps are under way.
    const { steps } = this;
    const handOver = () => dialogs.open({ kind: "handOver", keySid: made.keySid, steps });
    if (dialogs.current?.kind === "creation") handOver();
    else this.#tellOfKey(made.accountName, handOver);
  }

  #tellOfKey(name: string, handOver: () => void): void {
    const { notices: said, buttons } = startWords();
    notices.show(said.keyIsReady, { name, action: { label: buttons.handOver, run: handOver } });
  }

  #failed(failure: Failure): void {
    this.running = false;
    this.failure = failure;
    this.steps = this.steps.map((one) => (one.state === "running" ? { ...one, state: "failed" } : one));
    void unfinished.load();
    void detail.reload();
    if (dialogs.current?.kind === "creation") {
      // Whether to make another one all the same is asked where the name was typed.
      if (failure.kind === "nameTaken") dialogs.open({ kind: "newSubaccount", name: this.name, taken: true });
      return;
    }
    const { kind, name, steps, order } = this;
    const begun = this.#begun;
    const show = () => {
      // Something else may have been made since, or be under way.
      if (this.running) return notices.show(startWords().notices.keptUnderAttention, { tone: "warn" });
      Object.assign(this, { kind, name, steps, order, failure });
      this.#begun = begun;
      dialogs.open({ kind: "creation" });
    };
    const { notices: said, buttons } = startWords();
    notices.show(said.notFinished, { name, tone: "warn", action: { label: buttons.show, run: show } });
  }
}

function areSame(one: OperationSubject, other: OperationSubject): boolean {
  return one.name === other.name && one.accountSid === other.accountSid && one.keySid === other.keySid && one.entry === other.entry;
}

/** What an unfinished thing was to become. */
function orderOf({ what, name, keyName, accountSid }: Unfinished): CreationOrder | null {
  if (keyName === null) return null;
  if (what === "subaccount") return { what: "createSubaccount", name, keyName, agreed: [] };
  return accountSid === null ? null : { what: "createKey", accountSid, name: keyName };
}

export const creation = new Creation();
