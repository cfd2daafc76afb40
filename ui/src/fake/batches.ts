/** Several orders at once, near enough for trying the screens: a few side by side, each told, kept until they are discarded. */
import { failure } from "../failures/failure";
import type { Backend, Batch, BatchItem, ItemState, OperationSubject, Order, Outcome } from "../wire";
import { beginOperation, type Run } from "./operations";
import { requireFresh } from "./lock";
import { isForGood, subjectOf, workOf } from "./orders";
import { answer, nextNumber, options, world } from "./world";

type Kept = { batch: Batch; orders: Order[] };

const atOnce = 4;
const nothing: OperationSubject = { name: null, accountSid: null, keySid: null, entry: null };
let kept: Kept[] = keptBefore();

/** What was ordered before the program began. */
function keptBefore(): Kept[] {
  if (options.keptBatch === null) return [];
  const some = world.subaccounts.filter(({ status }) => status === "active").slice(0, 5);
  const orders = some.map(({ sid: accountSid }): Order => ({ what: "suspendSubaccount", accountSid, reason: "" }));
  const items = orders.map((order, place): BatchItem => {
    if (place === 1) return { ...waiting(order), state: { is: "ended", outcome: { is: "failed", failure: failure("subaccountClosed") } } };
    const ended = place === 0 || options.keptBatch === "ended";
    return ended ? { ...waiting(order), state: { is: "ended", outcome: { is: "done", result: { what: "done" } } } } : waiting(order);
  });
  return [{ orders, batch: { id: nextNumber(), begunAt: new Date(Date.now() - 3_600_000).toISOString(), items } }];
}

/** Another account is open. */
export function forgetBatches(): void {
  kept = [];
}

function waiting(order: Order): BatchItem {
  return { kind: order.what, subject: { ...nothing, ...subjectOf(order) }, state: { is: "waiting" } };
}

/** Carries out what has not ended, and answers the number of the operation. */
function carryOn({ batch, orders }: Kept): number {
  for (const item of batch.items) if (item.state.is !== "ended") item.state = { is: "waiting" };
  const work = async (run: Run) => {
    const set = (place: number, state: ItemState) => {
      const item = batch.items[place];
      if (item !== undefined) item.state = state;
      run.items(batch.items);
    };
    let next = 0;
    const one = async (): Promise<void> => {
      while (next < orders.length) {
        const place = next++;
        const order = orders[place];
        if (order === undefined || batch.items[place]?.state.is === "ended") continue;
        if (run.stopped) {
          set(place, { is: "notBegun" });
          continue;
        }
        const { id, ended } = beginOperation(order.what, subjectOf(order), (of) => workOf(order, of));
        set(place, { is: "running", operation: id });
        const outcome: Outcome = await ended;
        set(place, { is: "ended", outcome });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, one));
    return { what: "done" as const };
  };
  return beginOperation("batch", {}, work, batch).id;
}

function find(id: number): Kept {
  const found = kept.find(({ batch }) => batch.id === id);
  if (found === undefined) throw failure("unknownHere");
  return found;
}

export const batches: Pick<Backend, "carryOut" | "batches" | "resumeBatch" | "discardBatch"> = {
  async carryOut(orders) {
    await answer("carryOut");
    if (orders.some(isForGood)) requireFresh();
    const batch: Batch = { id: nextNumber(), begunAt: new Date().toISOString(), items: orders.map(waiting) };
    const one = { batch, orders };
    kept.push(one);
    return carryOn(one);
  },
  async batches() {
    await answer("batches");
    return structuredClone(kept.map(({ batch }) => batch));
  },
  async resumeBatch(id) {
    await answer("resumeBatch");
    return carryOn(find(id));
  },
  async discardBatch(id) {
    await answer("discardBatch");
    kept = kept.filter(({ batch }) => batch.id !== id);
  },
};
