import { beforeEach, describe as suite, expect, it, vi } from "vitest";
import { failure } from "../failures/failure";
import { operation } from "../test-operations";
import type { Outcome } from "../wire";

const begin = vi.hoisted(() => vi.fn());
const subaccounts = vi.hoisted(() => vi.fn());
vi.mock("../backend", () => ({ backend: { begin, subaccounts, on: () => undefined } }));

const { refresh } = await import("./refresh.svelte");
const { operations } = await import("./operations.svelte");
const { openAccount } = await import("./account");

const tell = (id: number, outcome: Outcome | null) => operations.put([operation(id, "refresh", { outcome })]);

beforeEach(() => {
  openAccount.leave();
  begin.mockReset();
  subaccounts.mockReset().mockResolvedValue({ rows: [], readAt: null, oddities: null });
});

suite("a refresh that came to nothing", () => {
  it.each(["offline", "timedOut", "certificate", "proxyNotThere"] as const)("is called offline where it is %s", async (kind) => {
    begin.mockResolvedValueOnce(1);
    const running = refresh.start();
    tell(1, { is: "failed", failure: failure(kind) });
    await running;
    expect(refresh.offline).toBe(true);
  });

  it("is not where somebody opens the connection on its way, who is to be named and asked about", async () => {
    begin.mockResolvedValueOnce(1);
    const running = refresh.start();
    tell(1, { is: "failed", failure: failure("inspected", { subject: "Acme Inspection CA" }) });
    await running;
    expect(refresh.offline).toBe(false);
    expect(refresh.failure?.subject).toBe("Acme Inspection CA");
  });

  it("is told where it could not be begun", async () => {
    begin.mockRejectedValueOnce(failure("locked"));
    await refresh.start();
    expect([refresh.failure?.kind, refresh.running]).toEqual(["locked", false]);
  });
});

suite("a refresh that a page finds running", () => {
  it("is shown, and the list is read when it has ended", async () => {
    tell(7, null);
    expect(refresh.running).toBe(true);
    tell(7, { is: "done", result: { what: "refreshed", unread: 2 } });
    await vi.waitFor(() => expect(refresh.running).toBe(false));
    expect(refresh.unread).toBe(2);
    expect(begin).not.toHaveBeenCalled();
    expect(subaccounts).toHaveBeenCalledOnce();
  });

  it("is not begun a second time", async () => {
    tell(7, null);
    await refresh.start();
    expect(begin).not.toHaveBeenCalled();
  });
});
