import { beforeEach, describe as suite, expect, it, vi } from "vitest";
import { operation } from "../test-operations";
import type { Outcome } from "../wire";

const heard = vi.hoisted(() => new Map<string, (told: unknown) => void>());
const backend = vi.hoisted(() => ({
  begin: vi.fn(),
  dismissOperation: vi.fn(async () => {}),
  on: (name: string, handler: (told: unknown) => void) => heard.set(name, handler),
}));
vi.mock("../backend", () => ({ backend }));

const { operations } = await import("./operations.svelte");
const { openAccount } = await import("./account");

const tell = (...all: unknown[]) => heard.get("operationsChanged")?.(all);
const done: Outcome = { is: "done", result: { what: "done" } };

beforeEach(() => {
  openAccount.leave();
  vi.clearAllMocks();
});

suite("what was begun", () => {
  it("is answered when it has ended", async () => {
    backend.begin.mockResolvedValueOnce(4);
    const outcome = operations.carryOut({ what: "refresh" });
    await Promise.resolve();
    tell(operation(4, "refresh"));
    tell(operation(4, "refresh", { outcome: { is: "stopped" } }));
    expect(await outcome).toEqual({ is: "stopped" });
  });

  it("is answered too where its end was told before its number was", async () => {
    let begun: (id: number) => void = () => {};
    backend.begin.mockReturnValueOnce(new Promise<number>((resolve) => (begun = resolve)));
    const outcome = operations.carryOut({ what: "refresh" });
    tell(operation(4, "refresh", { outcome: done }));
    begun(4);
    expect(await outcome).toEqual(done);
  });
});

suite("what was looked at", () => {
  it("does not come back with what was told before the Rust side heard of it", () => {
    tell(operation(1, "createKey", { outcome: done }));
    operations.dismiss(1);
    tell(operation(1, "createKey", { outcome: done }), operation(2, "refresh"));
    expect(operations.all.map(({ id }) => id)).toEqual([2]);
    expect(backend.dismissOperation).toHaveBeenCalledWith(1);
  });
});
