import { createRawSnippet } from "svelte";
import { beforeEach, describe as suite, expect, it, vi } from "vitest";
import { failure } from "../failures/failure";
import { operation } from "../test-operations";
import type { Outcome } from "../wire";

const backend = vi.hoisted(() => ({
  begin: vi.fn(),
  dismissOperation: vi.fn(async () => {}),
  unfinished: vi.fn(async () => []),
  on: () => {},
}));
vi.mock("../backend", () => ({ backend }));

const { creation } = await import("./creation.svelte");
const { notices } = await import("./notices.svelte");
const { operations } = await import("./operations.svelte");
const { unfinished } = await import("./unfinished.svelte");
const { openAccount } = await import("./account");
const { dialogs } = await import("./dialogs.svelte");
const { startWords } = await import("../words/start.svelte");

const said = startWords().notices;
const name = createRawSnippet(() => ({ render: () => "<b>Acme</b>" }));

const accountSid = `AC${"0".repeat(32)}`;
const made: Outcome = {
  is: "done",
  result: { what: "created", made: { accountSid, accountName: "Acme", keySid: `SK${"0".repeat(32)}` } },
};
const subject = { name: "Acme", accountSid: null, keySid: null, entry: null };

beforeEach(() => {
  openAccount.leave();
  dialogs.reset();
  vi.clearAllMocks();
});

suite("a creation that a page finds running", () => {
  it("is told when its key is ready, once", () => {
    const steps = [{ step: "check", state: "done", done: 0, total: 0 } as const];
    operations.put([operation(5, "createSubaccount", { subject, steps })]);
    expect([creation.running, creation.name, creation.steps[0]?.state]).toEqual([true, "Acme", "done"]);
    const shown = vi.spyOn(notices, "show");
    operations.put([operation(5, "createSubaccount", { subject, steps, outcome: made })]);
    operations.put([operation(5, "createSubaccount", { subject, steps, outcome: made })]);
    expect(shown).toHaveBeenCalledExactlyOnceWith(said.keyIsReady, expect.objectContaining({ name: "Acme" }));
    expect(said.keyIsReady(name)).toEqual(["The key is ready for ", name]);
    expect(creation.running).toBe(false);
    expect(backend.dismissOperation).toHaveBeenCalledExactlyOnceWith(5);
  });

  it("is told too where it ended while there was no page", () => {
    const shown = vi.spyOn(notices, "show");
    const failed: Outcome = { is: "failed", failure: failure("outcomeUnknown", { changed: "unknown", unfinished: 3 }) };
    operations.put([operation(5, "createSubaccount", { subject, outcome: failed })]);
    expect(shown).toHaveBeenCalledExactlyOnceWith(said.notFinished, expect.objectContaining({ name: "Acme" }));
    expect(said.notFinished(name)).toEqual(["Not finished: ", name]);
  });
});

suite("a creation that was begun here", () => {
  it("is not taken for an earlier one that is still in the list", async () => {
    let begun: (id: number) => void = () => {};
    backend.begin.mockReturnValueOnce(new Promise<number>((resolve) => (begun = resolve)));
    creation.createKey(accountSid, "Acme", "Alarm");
    operations.put([operation(5, "createKey", { outcome: made })]);
    expect(creation.running).toBe(true);
    begun(6);
    await vi.waitFor(() => operations.put([operation(6, "createKey", { outcome: made })]));
    await vi.waitFor(() => expect(creation.running).toBe(false));
  });

  it("is shown as failed where it could not be begun", async () => {
    backend.begin.mockRejectedValueOnce(failure("locked"));
    creation.createKey(accountSid, "Acme", "Alarm");
    await vi.waitFor(() => expect(creation.failure?.kind).toBe("locked"));
    expect(creation.running).toBe(false);
  });

  it("is heard of also where a batch has begun another one since", async () => {
    backend.begin.mockResolvedValueOnce(5);
    creation.createKey(accountSid, "Acme", "Alarm");
    await vi.waitFor(() => expect(backend.begin).toHaveBeenCalled());
    await Promise.resolve();
    operations.put([operation(5, "createKey", { outcome: made }), operation(6, "replaceKey")]);
    expect(creation.running).toBe(false);
    expect(creation.failure).toBe(null);
  });

  it("keeps which key is to be replaced, where it is finished and then made anew", async () => {
    backend.begin.mockResolvedValueOnce(5).mockResolvedValueOnce(6).mockResolvedValueOnce(7);
    creation.replaceKey({ accountSid, accountName: "Acme", keySid: "SK-old", name: "Alarm" }, "Alarm");
    const order = creation.order;
    expect(order).toEqual({ what: "replaceKey", accountSid, keySid: "SK-old", name: "Alarm" });
    await vi.waitFor(() => expect(backend.begin).toHaveBeenCalledTimes(1));
    const failed: Outcome = { is: "failed", failure: failure("outcomeUnknown", { changed: "unknown", unfinished: 3 }) };
    await vi.waitFor(() => {
      operations.put([operation(5, "replaceKey", { outcome: failed })]);
      expect(creation.failure?.unfinished).toBe(3);
    });
    unfinished.put([
      {
        id: 3,
        what: "key",
        name: "Acme",
        keyName: "Alarm",
        running: false,
        accountSid,
        keySid: null,
        stage: "sent",
        problem: null,
        canFinish: true,
        canDelete: false,
        startedAt: "2026-11-30T09:00:00Z",
      },
    ]);
    creation.finish(3, "Acme");
    expect(creation.order).toEqual(order);
  });
});

suite("what a batch makes", () => {
  it("is told of with the batch and not one by one, also after the batch was put away", () => {
    const shown = vi.spyOn(notices, "show");
    const of = { name: null, accountSid, keySid: "SK-old", entry: null };
    const item = { kind: "replaceKey" as const, subject: of, state: { is: "waiting" as const } };
    const one = operation(8, "replaceKey", { subject: of });
    operations.put([operation(7, "batch", { batch: 1, items: [item] }), one]);
    operations.put([{ ...one, outcome: made }]);
    expect(creation.running).toBe(false);
    expect(shown).not.toHaveBeenCalled();
  });
});
