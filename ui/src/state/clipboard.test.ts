import { beforeEach, describe as suite, expect, it, vi } from "vitest";
import { failure } from "../failures/failure";
import { late, type Late } from "../test-answers";

const copyValue = vi.hoisted(() => vi.fn());
const heard = vi.hoisted(() => new Map<string, () => void>());
vi.mock("../backend", () => ({ backend: { copyValue, on: (name: string, handler: () => void) => heard.set(name, handler) } }));

const { clipboard } = await import("./clipboard.svelte");

suite("a secret on the clipboard", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    copyValue.mockReset().mockResolvedValue({ clearsAfterSeconds: 30 });
  });

  it("is counted down, and said to be gone once it is told to be", async () => {
    await clipboard.copyValue("SK1", "secret");
    expect(clipboard.holdsSecret).toBe(true);
    vi.advanceTimersByTime(10_000);
    expect(clipboard.countdown.left).toBe(20);
    vi.advanceTimersByTime(20_000);
    heard.get("clipboardCleared")?.();
    expect([clipboard.holdsSecret, clipboard.cleared]).toEqual([false, true]);
    vi.advanceTimersByTime(6_000);
    expect(clipboard.cleared).toBe(false);
  });

  it("is not counted down for ever where something else took its place, which nobody tells of", async () => {
    await clipboard.copyValue("SK1", "secret");
    vi.advanceTimersByTime(30_250);
    expect(clipboard.holdsSecret).toBe(true);
    vi.advanceTimersByTime(4_000);
    expect([clipboard.holdsSecret, clipboard.cleared]).toEqual([false, false]);
  });

  it("counts down anew when it is copied again, whatever the first copy had left", async () => {
    await clipboard.copyValue("SK1", "secret");
    vi.advanceTimersByTime(30_250);
    await clipboard.copyValue("SK2", "secret");
    vi.advanceTimersByTime(5_000);
    expect([clipboard.holdsSecret, clipboard.countdown.left]).toEqual([true, 25]);
  });

  it("stays what it was when the next copy does not work", async () => {
    await clipboard.copyValue("SK1", "secret");
    copyValue.mockRejectedValue(failure("clipboardUnavailable"));
    expect(await clipboard.copyValue("SK2", "secret")).toMatchObject({ kind: "clipboardUnavailable" });
    expect(clipboard.holdsSecret).toBe(true);
  });

  it.each([
    ["worked", (older: Late<unknown>) => older.answer({ clearsAfterSeconds: 30 })],
    ["did not work", (older: Late<unknown>) => older.refuse(failure("secretNotFound"))],
  ])("is what was copied last, also where an older copy is answered after it and %s", async (_, end) => {
    const answer = late();
    copyValue.mockReturnValueOnce(answer.call).mockResolvedValueOnce({ clearsAfterSeconds: null });
    const older = clipboard.copyValue("SK1", "secret");
    expect(await clipboard.copyValue("SK2", "keySid")).toBe("copied");
    end(answer);
    expect(await older).toBe("overtaken");
    expect([clipboard.justCopied, clipboard.holdsSecret]).toEqual(["SK2:keySid", false]);
  });
});
