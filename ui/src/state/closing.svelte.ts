/** Closing a subaccount: its numbers as Twilio has them, what is decided about each, and what stops with it. */
import { backend } from "../backend";
import { countsOf, decisionsFor, isPlace, orderedOf, type Decisions } from "../list/numberPlaces";
import type { Failure, OperationStep, SubaccountDetail } from "../wire";
import { app } from "./app.svelte";
import { DialogWork } from "./dialogWork.svelte";
import { Latest } from "./latest";
import { list } from "./list.svelte";
import { numberChanges, NumbersReading } from "./numbers.svelte";
import { operations } from "./operations.svelte";

export class Closing {
  readonly numbers: NumbersReading;
  decisions = $state.raw<Decisions>(new Map());
  /** Numbers that were not there when it was looked at first. */
  fresh = $state.raw<ReadonlySet<string>>(new Set());
  /** What it has and has been; null until that was read, or where it cannot be. */
  subaccount = $state.raw<SubaccountDetail | null>(null);
  readonly work = new DialogWork();
  /** It was not closed, because its numbers are others now. */
  numbersChanged = $state.raw<Failure | null>(null);
  readonly counts = $derived(countsOf(this.decisions));
  /** Something is decided about all that it has. */
  readonly isDecided: boolean = $derived.by(() => {
    const { list: numbers, reading, failure } = this.numbers;
    return numbers !== null && !reading && failure === null && numbers.isWhole && numbers.withoutSid === 0;
  });
  /** The step that it is at. */
  readonly step: OperationStep | undefined = $derived.by(() =>
    operations.all
      .findLast(({ kind, subject, outcome }) => kind === "closeSubaccount" && subject.accountSid === this.accountSid && outcome === null)
      ?.steps.at(-1),
  );
  readonly #details = new Latest();

  constructor(readonly accountSid: string) {
    this.numbers = new NumbersReading(accountSid);
  }

  /** Reads the numbers; what was decided stays where it still holds. */
  async read(): Promise<void> {
    const before = this.numbers.list;
    await this.numbers.read();
    const now = this.numbers.list;
    if (now === null || now === before) return;
    const known = new Set(before?.numbers.map(({ sid }) => sid));
    const parent = app.connection?.accountSid ?? null;
    const holds = (place: string) => place === parent || list.entries.some((entry) => entry.row.sid === place && isPlace(entry));
    this.fresh = new Set(before === null ? [] : now.numbers.filter(({ sid }) => !known.has(sid)).map(({ sid }) => sid));
    this.decisions = decisionsFor(now.numbers, this.decisions, parent, holds);
  }

  /** Reads what is known of it here. What cannot be read is not said. */
  async readSubaccount(): Promise<void> {
    const answer = await this.#details.ask(() => backend.subaccount(this.accountSid));
    if (answer !== null && answer.failure === null) this.subaccount = answer.value;
  }

  decide(numberSid: string, moveTo: string | null): void {
    this.decisions = new Map(this.decisions).set(numberSid, moveTo);
  }

  decideAll(moveTo: string | null): void {
    this.decisions = new Map([...this.decisions.keys()].map((sid) => [sid, moveTo]));
  }

  /** True where it is closed; else it is said why not. */
  async close(): Promise<boolean> {
    if (this.work.running || !this.isDecided) return false;
    this.numbersChanged = null;
    const numbers = orderedOf(this.decisions);
    const closing = () => numberChanges.carryOut({ what: "closeSubaccount", accountSid: this.accountSid, numbers });
    if (await this.work.run(closing)) return true;
    const failed = this.work.failure;
    if (failed === null) return false;
    if (failed.kind === "numbersChanged") {
      this.work.failure = null;
      this.numbersChanged = failed;
    }
    // What was moved before something failed stays moved.
    if (failed.kind === "numbersChanged" || failed.changed !== "no") await this.read();
    return false;
  }
}
