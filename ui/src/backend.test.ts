import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Backend } from "./wire";

const invoke = vi.hoisted(() => vi.fn());
const listen = vi.hoisted(() => vi.fn());

vi.mock("@tauri-apps/api/core", () => ({
  invoke,
}));
vi.mock("@tauri-apps/api/event", () => ({ listen }));

async function tauriBackend(): Promise<Backend> {
  vi.resetModules();
  vi.stubGlobal("__TAURI_INTERNALS__", {});
  return (await import("./backend")).backend;
}

describe("the door to the Rust side", () => {
  beforeEach(() => {
    invoke.mockReset().mockResolvedValue(undefined);
    listen.mockReset().mockResolvedValue(() => {});
  });

  it("calls every method as a command of the same name in snake case", async () => {
    const backend = await tauriBackend();
    for (const method of Object.keys(backend).filter((name) => !["on", "listen"].includes(name))) {
      invoke.mockClear();
      await (backend as unknown as Record<string, () => Promise<unknown>>)[method]?.();
      expect(invoke.mock.calls[0]?.[0], method).toBe(method.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
    }
  });

  it("names the arguments as the interface does", async () => {
    const backend = await tauriBackend();
    await backend.connect("AC1", "token");
    expect(invoke).toHaveBeenLastCalledWith("connect", { accountSid: "AC1", authToken: "token" });
    await backend.copyValue("SK1", "secret");
    expect(invoke).toHaveBeenLastCalledWith("copy_value", { keySid: "SK1", value: "secret" });
    await backend.stopOperations("refresh");
    expect(invoke).toHaveBeenLastCalledWith("stop_operations", { kind: "refresh" });
    await backend.deleteUnfinishedKey(7);
    expect(invoke).toHaveBeenLastCalledWith("delete_unfinished_key", { id: 7 });
  });

  it("gives an order on as it is", async () => {
    const backend = await tauriBackend();
    await backend.begin({ what: "createKey", accountSid: "AC1", name: "Acme" });
    expect(invoke).toHaveBeenLastCalledWith("begin", { order: { what: "createKey", accountSid: "AC1", name: "Acme" } });
  });

  it("rejects with a failure even when the framework rejects with text", async () => {
    const backend = await tauriBackend();
    invoke.mockRejectedValue("command begin not allowed by ACL");
    const begun = backend.begin({ what: "refresh" });
    await expect(begun).rejects.toMatchObject({ kind: "internal", technical: "command begin not allowed by ACL" });
  });

  it("listens to events in kebab case, all of them once it is told to listen", async () => {
    const backend = await tauriBackend();
    backend.on("operationsChanged", () => {});
    expect(listen).not.toHaveBeenCalled();
    backend.listen();
    expect(listen.mock.calls.map(([name]) => name)).toEqual(["operations-changed"]);
    backend.on("rowsChanged", () => {});
    backend.listen();
    expect(listen.mock.calls.map(([name]) => name)).toEqual(["operations-changed", "rows-changed"]);
  });
});
