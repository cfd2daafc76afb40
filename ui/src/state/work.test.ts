import { describe, expect, it } from "vitest";
import { failure } from "../failures/failure";
import { operation } from "../test-operations";
import type { Batch, BatchItem, ItemState } from "../wire";
import { countsOf, kindOf, secondsLeft, workOf, type Work } from "./work";

const ended: ItemState = { is: "ended", outcome: { is: "done", result: { what: "done" } } };
const refused = (kind: "wrongSignIn" | "refused"): ItemState => ({ is: "ended", outcome: { is: "failed", failure: failure(kind) } });

function item(state: ItemState): BatchItem {
  return { kind: "suspendSubaccount", subject: { name: null, accountSid: "AC0001", keySid: null, entry: null }, state };
}
const batch = (id: number, ...states: ItemState[]): Batch => ({ id, begunAt: `2026-11-30T09:0${id}:00Z`, items: states.map(item) });
const carrying = (id: number, of: Batch, outcome: { is: "stopped" } | null = null) =>
  operation(id, "batch", { batch: of.id, items: of.items, beganAt: of.begunAt, outcome });
const states = (work: readonly Work[]) =>
  work.map((one) => (one.what === "batch" ? `${one.id} ${one.state} ${one.pause}` : one.operation.kind));

describe("a batch", () => {
  it("runs while an operation carries it out, and what that tells of its orders counts, not what was kept", () => {
    const [work] = workOf(
      [carrying(7, batch(1, ended, { is: "running", operation: 8 }))],
      [batch(1, { is: "waiting" }, { is: "waiting" })],
    );
    expect(work?.state).toBe("running");
    expect(work === undefined ? null : countsOf(work)).toEqual({ done: 1, total: 2, failed: 0 });
  });

  it("waits where orders are left and nothing carries it out, and says why", () => {
    const left = batch(1, ended, { is: "notBegun" });
    expect(states(workOf([], [left]))).toEqual(["1 paused closed"]);
    expect(states(workOf([carrying(7, left, { is: "stopped" })], [left]))).toEqual(["1 paused stopped"]);
    const unsigned = batch(2, refused("wrongSignIn"), { is: "notBegun" });
    expect(states(workOf([], [unsigned]))).toEqual(["2 paused signInRefused"]);
  });

  it("has a result once all of its orders have ended, however they did", () => {
    const [work] = workOf([], [batch(1, ended, refused("refused"))]);
    expect(work?.state).toBe("ended");
    expect(work === undefined ? null : countsOf(work)).toEqual({ done: 2, total: 2, failed: 1 });
  });

  it("is there once, also where it was gone on with, and before it was read", () => {
    const first = carrying(7, batch(1, ended, { is: "notBegun" }), { is: "stopped" });
    const second = carrying(9, batch(1, ended, { is: "waiting" }));
    expect(states(workOf([first, second], []))).toEqual(["1 running null"]);
  });

  it("does one thing, or several", () => {
    expect(kindOf(batch(1, ended, ended).items)).toBe("suspendSubaccount");
    expect(kindOf([item(ended), { ...item(ended), kind: "proveKey" }])).toBe(null);
    expect(kindOf([{ ...item(ended), kind: null }])).toBe(null);
  });
});

describe("work", () => {
  it("is in the order of what runs, what waits and what has a result, each with the newest first", () => {
    const running = [carrying(7, batch(1, { is: "waiting" })), carrying(8, batch(3, { is: "waiting" }))];
    const kept = [batch(2, ended), batch(4, { is: "notBegun" })];
    const refresh = operation(9, "refresh", { beganAt: "2026-11-30T09:02:00Z" });
    expect(states(workOf([...running, refresh], kept))).toEqual([
      "3 running null",
      "refresh",
      "1 running null",
      "4 paused closed",
      "2 ended null",
    ]);
  });

  it("is what takes long and still runs, and nothing else", () => {
    const all = [operation(1, "backUp"), operation(2, "refresh", { outcome: { is: "stopped" } }), operation(3, "createKey")];
    expect(states(workOf(all, []))).toEqual(["backUp"]);
  });

  it("counts what its step counts", () => {
    const [work] = workOf([operation(1, "refresh", { steps: [{ step: "readDetails", state: "running", done: 30, total: 412 }] })], []);
    expect(work === undefined ? null : countsOf(work)).toEqual({ done: 30, total: 412, failed: 0 });
  });
});

describe("the time that is left", () => {
  const began = "2026-11-30T09:00:00Z";
  const after = (seconds: number) => Date.parse(began) + seconds * 1000;
  const counts = (done: number) => ({ done, total: 40, failed: 0 });

  it("is told after ten seconds only, and from what was done since it was gone on with", () => {
    expect(secondsLeft(counts(10), 0, began, after(9))).toBe(null);
    expect(secondsLeft(counts(10), 0, began, after(10))).toBe(30);
    expect(secondsLeft(counts(30), 20, began, after(20))).toBe(20);
  });

  it("is not told where nothing was done yet, all is done, or nobody knows when it began", () => {
    expect(secondsLeft(counts(20), 20, began, after(60))).toBe(null);
    expect(secondsLeft(counts(40), 0, began, after(60))).toBe(null);
    expect(secondsLeft(counts(10), 0, "never", after(60))).toBe(null);
  });
});
