import { beforeEach, describe as suite, expect, it, vi } from "vitest";
import { failure } from "../failures/failure";
import { late } from "../test-answers";
import { operation } from "../test-operations";
import type { CheckEvent, CheckFinding } from "../wire";

const begin = vi.hoisted(() => vi.fn());
vi.mock("../backend", () => ({ backend: { begin, on: () => {}, dismissOperation: async () => {} } }));

const { checking } = await import("./checking.svelte");
const { operations } = await import("./operations.svelte");
const { openAccount } = await import("./account");

const finding: CheckFinding = { check: "keychain", verdict: "fine", problem: null, failure: null, facts: [] };

suite("a check that is left for another account", () => {
  /** Each run's way to begin. */
  const runs: ReturnType<typeof late<number>>[] = [];

  const tell = (id: number, ...checks: CheckEvent[]) => operations.put([operation(id, "checkComputer", { checks })]);

  beforeEach(() => {
    vi.useFakeTimers();
    openAccount.leave();
    runs.length = 0;
    begin.mockReset().mockImplementation(() => {
      const begun = late<number>();
      runs.push(begun);
      return begun.call;
    });
  });

  it("leaves no finding", async () => {
    const running = checking.run();
    tell(1, { check: "keychain", finding });
    openAccount.leave();
    expect([checking.findings, checking.running]).toEqual([[], false]);
    runs[0]?.refuse(failure("internal"));
    await running;
    expect([checking.findings, checking.failure]).toEqual([[], null]);
  });

  it("neither ends the next one nor says that it is slow", async () => {
    const first = checking.run();
    tell(1, { check: "keychain", finding: null });
    openAccount.leave();
    await vi.advanceTimersByTimeAsync(900);
    void checking.run();
    tell(1, { check: "keychain", finding: null });
    runs[0]?.refuse(failure("internal"));
    await first;
    await vi.advanceTimersByTimeAsync(900);
    expect(checking.running).toBe(true);
    expect(checking.things.some(({ slow }) => slow)).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(checking.things.filter(({ slow }) => slow).map(({ check }) => check)).toEqual(["keychain"]);
  });
});

suite("what a check found", () => {
  beforeEach(() => {
    openAccount.leave();
    begin.mockReset();
  });

  it("is still there for a page that was loaded anew", () => {
    operations.put([
      operation(3, "checkComputer", { checks: [{ check: "keychain", finding }], outcome: { is: "done", result: { what: "done" } } }),
    ]);
    expect(checking.findings).toEqual([finding]);
    expect(checking.running).toBe(false);
  });

  it("does not stand for the next one, which has not begun to tell", async () => {
    const ended = operation(3, "checkComputer", {
      checks: [{ check: "keychain", finding }],
      outcome: { is: "done", result: { what: "done" } },
    });
    operations.put([ended]);
    begin.mockResolvedValueOnce(4);
    void checking.run();
    operations.put([ended]);
    expect(checking.findings).toEqual([]);
    operations.put([ended, operation(4, "checkComputer", { checks: [{ check: "keychain", finding }] })]);
    expect(checking.findings).toEqual([finding]);
  });
});
