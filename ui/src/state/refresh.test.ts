import { beforeEach, describe as suite, expect, it, vi } from "vitest";
import { failure } from "../failures/failure";

const asked = vi.hoisted(() => vi.fn());
vi.mock("../backend", () => ({
  backend: { refresh: asked, subaccounts: async () => ({ rows: [], readAt: null, oddities: null }), on: () => undefined },
}));

const { refresh } = await import("./refresh.svelte");

suite("a refresh that came to nothing", () => {
  beforeEach(() => {
    refresh.reset();
  });

  it.each(["offline", "timedOut", "certificate", "proxyNotThere"] as const)("is called offline where it is %s", async (kind) => {
    asked.mockRejectedValueOnce(failure(kind));
    await refresh.start();
    expect(refresh.offline).toBe(true);
  });

  it("is not where somebody opens the connection on its way, who is to be named and asked about", async () => {
    asked.mockRejectedValueOnce(failure("inspected", { subject: "Acme Inspection CA" }));
    await refresh.start();
    expect(refresh.offline).toBe(false);
    expect(refresh.failure?.subject).toBe("Acme Inspection CA");
  });
});
