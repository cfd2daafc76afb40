import { beforeEach, describe as suite, expect, it, vi } from "vitest";
import { failure } from "../failures/failure";
import { late } from "../test-answers";
import type { CheckEvent, CheckFinding } from "../wire";

const checkComputer = vi.hoisted(() => vi.fn());
vi.mock("../backend", () => ({ backend: { checkComputer, on: () => {} } }));

const { checking } = await import("./checking.svelte");

const finding: CheckFinding = { check: "keychain", verdict: "fine", problem: null, failure: null, facts: [] };

suite("a check that is left for another account", () => {
  /** Each run's way to tell, and to end. */
  const runs: { tell: (event: CheckEvent) => void; end: ReturnType<typeof late<void>> }[] = [];

  beforeEach(() => {
    vi.useFakeTimers();
    checking.reset();
    runs.length = 0;
    checkComputer.mockReset().mockImplementation((tell: (event: CheckEvent) => void) => {
      const end = late<void>();
      runs.push({ tell, end });
      return end.call;
    });
  });

  it("leaves no finding, whether it was there or comes late", async () => {
    const running = checking.run();
    runs[0]?.tell({ check: "keychain", finding });
    checking.reset();
    runs[0]?.tell({ check: "records", finding: { ...finding, check: "records" } });
    expect([checking.findings, checking.running]).toEqual([[], false]);
    runs[0]?.end.refuse(failure("internal"));
    await running;
    expect([checking.findings, checking.failure]).toEqual([[], null]);
  });

  it("neither ends the next one nor says that it is slow", async () => {
    const first = checking.run();
    runs[0]?.tell({ check: "keychain", finding: null });
    checking.reset();
    await vi.advanceTimersByTimeAsync(900);
    void checking.run();
    runs[1]?.tell({ check: "keychain", finding: null });
    runs[0]?.end.answer();
    await first;
    await vi.advanceTimersByTimeAsync(900);
    expect(checking.running).toBe(true);
    expect(checking.things.some(({ slow }) => slow)).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(checking.things.filter(({ slow }) => slow).map(({ check }) => check)).toEqual(["keychain"]);
  });
});
