/** What runs, what waits to be gone on with, and what has ended and was not looked at: out of what is told of both. */
import type { AdoptedKey, Batch, BatchItem, Failure, Operation, OperationKind } from "../wire";
import { leftOver } from "../list/adopted";

/** Why a batch rests: somebody stopped it, Twilio refused the sign-in, something else ended it, or the program was closed. */
export type Pause = "stopped" | "signInRefused" | "failed" | "closed";

export type BatchWork = {
  what: "batch";
  /** Its number among those that are kept. */
  id: number;
  items: readonly BatchItem[];
  begunAt: string;
  /** The newest that carried it out, if one is known. */
  operation: Operation | null;
  state: "running" | "paused" | "ended";
  pause: Pause | null;
};

/** Something else that takes long enough to be looked for. */
export type LongWork = { what: "operation"; operation: Operation; state: "running" | "ended" };

export type Work = BatchWork | LongWork;

export type Counts = { done: number; total: number; failed: number };

/** What is long whatever it is about. Making things shows itself, and what a batch carries out is shown with it. */
const long: readonly OperationKind[] = ["refresh", "backUp", "restore", "settle", "putBack", "adoptKeys", "closeSubaccount"];
/** Of these, what became of them waits to be looked at. */
const withResult: readonly OperationKind[] = ["adoptKeys"];
const rank = { running: 0, paused: 1, ended: 2 };

/** All work, what runs before what waits, and each with the newest first. */
export function workOf(operations: readonly Operation[], kept: readonly Batch[]): Work[] {
  const ofBatches = operations.filter((one) => one.batch !== null);
  const known = new Map<number, Batch>(kept.map((batch) => [batch.id, batch]));
  for (const { batch: id, beganAt, items } of ofBatches) {
    if (id !== null && !known.has(id)) known.set(id, { id, begunAt: beganAt, items });
  }
  const batches = [...known.values()].map((batch) => batchWork(batch, ofBatches.findLast((one) => one.batch === batch.id) ?? null));
  const others = operations
    .filter(({ kind, outcome }) => long.includes(kind) && (outcome === null || withResult.includes(kind)))
    .map((operation): LongWork => ({ what: "operation", operation, state: operation.outcome === null ? "running" : "ended" }));
  return [...batches, ...others].sort((left, right) => rank[left.state] - rank[right.state] || begunAt(right) - begunAt(left));
}

function batchWork({ id, begunAt: at, items: kept }: Batch, operation: Operation | null): BatchWork {
  const items = operation === null || operation.items.length === 0 ? kept : operation.items;
  const base = { what: "batch" as const, id, items, begunAt: at, operation };
  if (operation !== null && operation.outcome === null) return { ...base, state: "running", pause: null };
  if (items.every(({ state }) => state.is === "ended")) return { ...base, state: "ended", pause: null };
  return { ...base, state: "paused", pause: pauseOf(items, operation) };
}

function pauseOf(items: readonly BatchItem[], operation: Operation | null): Pause {
  if (items.some((item) => failureOf(item)?.kind === "wrongSignIn")) return "signInRefused";
  if (operation === null) return "closed";
  return operation.outcome?.is === "failed" ? "failed" : "stopped";
}

function begunAt(work: Work): number {
  return Date.parse(work.what === "batch" ? work.begunAt : work.operation.beganAt);
}

/** What an order failed with; null where it did not, or has not ended. */
export function failureOf({ state }: BatchItem): Failure | null {
  return state.is === "ended" && state.outcome.is === "failed" ? state.outcome.failure : null;
}

/** An order that came to what it was given for. */
export function isDone({ state }: BatchItem): boolean {
  return state.is === "ended" && state.outcome.is === "done";
}

/** Tells one work from all others. */
export function idOf(work: Work): string {
  return work.what === "batch" ? `batch ${work.id}` : `operation ${work.operation.id}`;
}

/** Whether it is told of when it begins and ends: what became of it waits to be looked at. */
export function hasResult(work: Work): boolean {
  return work.what === "batch" || withResult.includes(work.operation.kind);
}

/** What became of each key that was to be adopted. */
export function adoptedBy({ outcome }: Operation): readonly AdoptedKey[] {
  return outcome?.is === "done" && outcome.result.what === "adopted" ? outcome.result.keys : [];
}

/** How far it is. The total is 0 where nothing is counted. */
export function countsOf(work: Work): Counts {
  if (work.what === "batch") {
    const done = work.items.filter(({ state }) => state.is === "ended").length;
    return { done, total: work.items.length, failed: work.items.filter((item) => failureOf(item) !== null).length };
  }
  if (work.state === "ended") {
    const keys = adoptedBy(work.operation);
    return { done: keys.length, total: keys.length, failed: leftOver(keys).length };
  }
  const step = work.operation.steps.findLast(({ state }) => state === "running");
  return { done: step?.done ?? 0, total: step?.total ?? 0, failed: 0 };
}

/** What all orders of a batch do; null where they do not do the same, or a later version ordered it. */
export function kindOf(items: readonly BatchItem[]): OperationKind | null {
  const [first] = items;
  return first !== undefined && items.every(({ kind }) => kind === first.kind) ? first.kind : null;
}

/** After so many seconds it can be told how long it will take. */
const soonest = 10;

/** Seconds that are left, as far as can be told; null where it cannot yet. `from` is what was done when it began. */
export function secondsLeft(counts: Counts, from: number, beganAt: string, now: number): number | null {
  const passed = (now - Date.parse(beganAt)) / 1000;
  const done = counts.done - from;
  if (!(passed >= soonest) || done <= 0 || counts.done >= counts.total) return null;
  return (passed / done) * (counts.total - counts.done);
}
