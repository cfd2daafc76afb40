/** Operations as the Rust side tells them, for tests. */
import type { Operation, OperationKind } from "./wire";

const blank: Omit<Operation, "id" | "kind"> = {
  subject: { name: null, accountSid: null, keySid: null, entry: null },
  steps: [],
  checks: [],
  batch: null,
  items: [],
  canStop: false,
  beganAt: "2026-11-30T09:00:00Z",
  outcome: null,
};

export function operation(id: number, kind: OperationKind, changed: Partial<Operation> = {}): Operation {
  return { ...blank, ...changed, id, kind };
}
