/** The made-up operations: begun, told as one picture whenever anything changes, stopped, put away. */
import { asFailure, failure } from "../failures/failure";
import type {
  Batch,
  BatchItem,
  CheckEvent,
  Operation,
  OperationKind,
  OperationResult,
  OperationSubject,
  Outcome,
  StepName,
  StepState,
} from "../wire";
import { emit } from "./world";

/** What the work of an operation is given. */
export type Run = {
  step(step: StepName, state: StepState, counts?: { done: number; total: number }): void;
  check(event: CheckEvent): void;
  items(items: BatchItem[]): void;
  readonly stopped: boolean;
};

/** What stopped work throws. */
export class Stopped extends Error {}

const nothing: OperationSubject = { name: null, accountSid: null, keySid: null, entry: null };

let all: Operation[] = [];
const stopped = new Set<number>();
let begun = 0;

export const operations = (): Operation[] => structuredClone(all);

export function beginOperation(
  kind: OperationKind,
  subject: Partial<OperationSubject>,
  work: (run: Run) => Promise<OperationResult>,
  batch: Batch | null = null,
): { id: number; ended: Promise<Outcome> } {
  const id = ++begun;
  const operation: Operation = {
    id,
    kind,
    subject: { ...nothing, ...subject },
    steps: [],
    checks: [],
    batch: batch?.id ?? null,
    items: structuredClone(batch?.items ?? []),
    canStop: kind === "refresh" || kind === "backUp" || kind === "batch" || kind === "adoptKeys",
    beganAt: new Date().toISOString(),
    outcome: null,
  };
  all.push(operation);
  tell();
  const ended = carryOut(work(runOf(operation))).then((outcome) => {
    operation.outcome = outcome;
    tell();
    return outcome;
  });
  return { id, ended };
}

export function stopOperation(id: number): void {
  stopped.add(id);
}

export function stopOperations(kind: OperationKind): void {
  for (const one of all) if (one.kind === kind && one.outcome === null) stopped.add(one.id);
}

export function dismissOperation(id: number): void {
  all = all.filter((one) => one.id !== id || one.outcome === null);
  tell();
}

/** Another account is open. */
export function forgetOperations(): void {
  all = [];
}

async function carryOut(work: Promise<OperationResult>): Promise<Outcome> {
  try {
    return { is: "done", result: await work };
  } catch (problem) {
    return problem instanceof Stopped ? { is: "stopped" } : { is: "failed", failure: asFailure(problem) };
  }
}

/** What was waited for, as a call that answers it. */
export function answerOf(outcome: Outcome): OperationResult {
  if (outcome.is === "done") return outcome.result;
  throw outcome.is === "failed" ? outcome.failure : failure("stopped");
}

function runOf(operation: Operation): Run {
  return {
    step(step, state, counts = { done: 0, total: 0 }) {
      const known = operation.steps.find((one) => one.step === step);
      if (known === undefined) operation.steps.push({ step, state, ...counts });
      else Object.assign(known, { state, ...counts });
      tell();
    },
    check(event) {
      const place = operation.checks.findIndex(({ check }) => check === event.check);
      if (place === -1) operation.checks.push(event);
      else operation.checks[place] = event;
      tell();
    },
    items(items) {
      operation.items = structuredClone(items);
      tell();
    },
    get stopped() {
      return stopped.has(operation.id);
    },
  };
}

function tell(): void {
  emit("operationsChanged", operations());
}
