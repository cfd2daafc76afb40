import { beforeEach, describe as suite, expect, it, vi } from "vitest";
import { failure } from "../failures/failure";
import { operation } from "../test-operations";
import type { Batch, BatchItem, ItemState, Operation, Order } from "../wire";

const heard = vi.hoisted(() => new Map<string, ((told: unknown) => void)[]>());
const backend = vi.hoisted(() => ({
  carryOut: vi.fn(),
  batches: vi.fn(async (): Promise<unknown[]> => []),
  resumeBatch: vi.fn(),
  discardBatch: vi.fn(async () => {}),
  dismissOperation: vi.fn(async () => {}),
  stopOperation: vi.fn(async () => {}),
  on: (name: string, handler: (told: unknown) => void) => heard.set(name, [...(heard.get(name) ?? []), handler]),
}));
vi.mock("../backend", () => ({ backend }));

const { batches } = await import("./batches.svelte");
const { operations } = await import("./operations.svelte");
const { openAccount } = await import("./account");

const tell = (...all: Operation[]) => heard.get("operationsChanged")?.forEach((hear) => hear(all));
const settled = () => new Promise((resolve) => setTimeout(resolve));

const suspend = (accountSid: string): Order => ({ what: "suspendSubaccount", accountSid, reason: "" });
const done: ItemState = { is: "ended", outcome: { is: "done", result: { what: "done" } } };
const failed: ItemState = { is: "ended", outcome: { is: "failed", failure: failure("refused") } };
const items = (...states: ItemState[]): BatchItem[] =>
  states.map((state, place) => ({
    kind: "suspendSubaccount",
    subject: { name: null, accountSid: `AC${place}`, keySid: null, entry: null },
    state,
  }));
const kept = (id: number, ...states: ItemState[]): Batch => ({ id, begunAt: "2026-11-30T09:00:00Z", items: items(...states) });
const ended = (id: number, batch: number, ...states: ItemState[]) =>
  operation(id, "batch", { batch, items: items(...states), outcome: { is: "done", result: { what: "done" } } });

beforeEach(() => {
  openAccount.leave();
  vi.clearAllMocks();
  backend.batches.mockResolvedValue([]);
});

suite("what did not work", () => {
  const orders = [suspend("AC0"), suspend("AC1"), suspend("AC2")];

  it("is tried again as a batch of its own, and the one before is put away with what carried it out", async () => {
    backend.carryOut.mockResolvedValueOnce(4);
    await batches.carryOut(orders);
    tell(ended(4, 90, done, failed, { is: "notBegun" }));
    const work = batches.find(90);
    if (work === undefined) throw new Error("it is not listed");
    expect(batches.canTryAgain(work)).toBe(true);
    backend.carryOut.mockResolvedValueOnce(5);
    await batches.tryAgain(work);
    expect(backend.carryOut).toHaveBeenLastCalledWith([suspend("AC1"), suspend("AC2")]);
    expect(backend.discardBatch).toHaveBeenCalledWith(90);
    expect(backend.dismissOperation).toHaveBeenCalledWith(4);
    expect(batches.find(90)).toBe(undefined);
  });

  it("cannot be tried again where its orders were not given here, or none of them failed", async () => {
    backend.batches.mockResolvedValue([kept(91, done, failed)]);
    await batches.load();
    const other = batches.find(91);
    expect(other === undefined ? null : batches.canTryAgain(other)).toBe(false);
    backend.carryOut.mockResolvedValueOnce(4);
    await batches.carryOut(orders);
    tell(ended(4, 90, done, done, done));
    const all = batches.find(90);
    expect(all === undefined ? null : batches.canTryAgain(all)).toBe(false);
  });

  it("is known too where its operation was told before its number was", async () => {
    let answer: (id: number) => void = () => {};
    backend.carryOut.mockReturnValueOnce(new Promise<number>((resolve) => (answer = resolve)));
    const begun = batches.carryOut(orders);
    tell(ended(4, 90, failed, failed, failed));
    answer(4);
    await begun;
    const work = batches.find(90);
    expect(work === undefined ? null : batches.canTryAgain(work)).toBe(true);
  });
});

suite("what is kept", () => {
  it("is read again when a batch has ended, once for each", async () => {
    tell(operation(4, "batch", { batch: 90 }));
    await settled();
    expect(backend.batches).not.toHaveBeenCalled();
    tell(ended(4, 90, done));
    tell(ended(4, 90, done), operation(5, "refresh"));
    await settled();
    expect(backend.batches).toHaveBeenCalledTimes(1);
  });

  it("of one account is not shown in another", async () => {
    backend.batches.mockResolvedValue([kept(91, done)]);
    const asked = batches.load();
    openAccount.leave();
    await asked;
    expect(batches.work).toEqual([]);
  });

  it("stays where putting it away did not work, and that is said", async () => {
    backend.batches.mockResolvedValue([kept(91, done)]);
    await batches.load();
    backend.discardBatch.mockRejectedValueOnce(failure("alreadyRunning"));
    await batches.discard(91);
    expect(batches.find(91)?.state).toBe("ended");
    expect(batches.failure?.kind).toBe("alreadyRunning");
  });
});

suite("a batch that is gone on with", () => {
  it("remembers what had been done before, so that the time left is not thought too short", () => {
    tell(operation(6, "batch", { batch: 90, items: items(done, done, { is: "waiting" }) }));
    tell(operation(6, "batch", { batch: 90, items: items(done, done, done) }));
    expect(batches.doneAtFirst(6)).toBe(2);
    expect(operations.find(6)?.outcome).toBe(null);
  });
});
