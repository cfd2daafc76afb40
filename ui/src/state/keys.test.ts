import { beforeEach, describe as suite, expect, it, vi } from "vitest";
import { newKeyRow } from "../fake/data";
import { failure } from "../failures/failure";
import { late } from "../test-answers";
import { operation } from "../test-operations";
import type { KeyList, ListedKey, SubaccountRow } from "../wire";

const heard = vi.hoisted(() => new Map<string, ((news: unknown) => void)[]>());
const backendKeys = vi.hoisted(() => vi.fn());
const carryOut = vi.hoisted(() => vi.fn());
const begin = vi.hoisted(() => vi.fn());
const discardBatch = vi.hoisted(() => vi.fn());
vi.mock("../backend", () => ({
  backend: {
    keys: backendKeys,
    begin,
    carryOut,
    discardBatch,
    dismissOperation: () => Promise.resolve(),
    on: (name: string, handler: (news: unknown) => void) => heard.set(name, [...(heard.get(name) ?? []), handler]),
  },
}));

const { keys } = await import("./keys.svelte");
const { operations } = await import("./operations.svelte");

const listed = (accountSid: string, name: string): ListedKey => ({
  accountSid,
  accountName: accountSid,
  accountStatus: "active",
  key: newKeyRow(`SK-${name}`, name),
});
const answer = (...of: ListedKey[]): KeyList => ({ keys: of, notRead: [], readAt: "2026-11-30T09:00:00Z" });
const tell = (...sids: string[]) => {
  for (const hear of heard.get("rowsChanged") ?? []) hear(sids.map((sid) => ({ sid }) as SubaccountRow));
};
const names = () => keys.entries.map(({ key }) => key.name).sort();
const why = { kind: "timedOut" as const, status: null, code: null, words: null };

suite("the list of keys", () => {
  beforeEach(() => {
    keys.reset();
    operations.reset();
    backendKeys.mockReset();
  });

  it("asks nothing about subaccounts before somebody looks at it", () => {
    tell("AC1");
    expect(backendKeys).not.toHaveBeenCalled();
  });

  it("asks for the subaccounts that were told, and for those alone, one question at a time", async () => {
    backendKeys.mockResolvedValueOnce(answer(listed("AC1", "a"), listed("AC2", "b"), listed("AC3", "c")));
    await keys.load();
    const [first, second] = [late<KeyList>(), late<KeyList>()];
    backendKeys.mockReturnValueOnce(first.call).mockReturnValueOnce(second.call);
    tell("AC1");
    tell("AC2");
    tell("AC3", "AC2");
    expect(backendKeys.mock.calls.slice(1)).toEqual([[["AC1"]]]);
    first.answer(answer(listed("AC1", "a2")));
    await vi.waitFor(() => expect(backendKeys.mock.calls.slice(2)).toEqual([[["AC2", "AC3"]]]));
    second.answer(answer(listed("AC3", "c2")));
    await vi.waitFor(() => expect(names()).toEqual(["a2", "c2"]));
  });

  it("asks once more for what was told while all keys were being read", async () => {
    const all = late<KeyList>();
    backendKeys.mockReturnValueOnce(all.call).mockResolvedValueOnce(answer(listed("AC1", "told")));
    const loaded = keys.load();
    tell("AC1");
    expect(backendKeys).toHaveBeenCalledTimes(1);
    all.answer(answer(listed("AC1", "before"), listed("AC2", "b")));
    await loaded;
    expect(names()).toEqual(["b", "told"]);
  });

  it.each([
    ["after them", false],
    ["before them", true],
  ])("puts in no answer %s that is older than all keys, and loses nothing that was told meanwhile", async (_, partFirst) => {
    backendKeys.mockResolvedValueOnce(answer(listed("AC1", "a")));
    await keys.load();
    const [part, all] = [late<KeyList>(), late<KeyList>()];
    backendKeys
      .mockReturnValueOnce(part.call)
      .mockReturnValueOnce(all.call)
      .mockResolvedValueOnce(answer(listed("AC2", "b3")));
    tell("AC1");
    const loaded = keys.load();
    tell("AC2");
    if (partFirst) part.answer(answer(listed("AC1", "old")));
    await new Promise((done) => setTimeout(done));
    expect(backendKeys).toHaveBeenCalledTimes(3);
    all.answer(answer(listed("AC1", "a2"), listed("AC2", "b2")));
    await loaded;
    if (!partFirst) part.answer(answer(listed("AC1", "old")));
    await vi.waitFor(() => expect(names()).toEqual(["a2", "b3"]));
  });

  it("keeps what it has where the rest cannot be read, and says so", async () => {
    backendKeys.mockResolvedValueOnce(answer(listed("AC1", "a"))).mockRejectedValueOnce(failure("recordsBroken"));
    await keys.load();
    tell("AC1");
    await vi.waitFor(() => expect(keys.failure?.kind).toBe("recordsBroken"));
    expect(names()).toEqual(["a"]);
  });

  it("reads all once more when a refresh has ended, since only then is it known how old the oldest is", async () => {
    backendKeys.mockResolvedValue(answer(listed("AC1", "a")));
    await keys.load();
    operations.put([operation(7, "refresh")]);
    expect(backendKeys).toHaveBeenCalledTimes(1);
    const ended = operation(7, "refresh", { outcome: { is: "done", result: { what: "refreshed", unread: 0 } } });
    operations.put([ended]);
    operations.put([ended]);
    expect(backendKeys.mock.calls).toEqual([[null], [null]]);
  });
});

suite("reading again what could not be read", () => {
  const notRead = (...sids: string[]) => sids.map((accountSid) => ({ accountSid, accountName: accountSid, why }));
  const done = { is: "done" as const, result: { what: "done" as const } };

  beforeEach(() => {
    keys.reset();
    operations.reset();
    backendKeys.mockReset();
    discardBatch.mockReset().mockResolvedValue(null);
    begin.mockReset().mockResolvedValue(3);
    carryOut.mockReset().mockResolvedValue(4);
  });

  it("is one operation for several subaccounts, whose report is not kept", async () => {
    backendKeys.mockResolvedValueOnce({ ...answer(), notRead: notRead("AC1", "AC2") }).mockResolvedValueOnce(answer());
    await keys.load();
    const reading = keys.readAgain();
    expect(keys.readingAgain).toBe(true);
    expect(carryOut).toHaveBeenCalledWith([
      { what: "readSubaccount", accountSid: "AC1" },
      { what: "readSubaccount", accountSid: "AC2" },
    ]);
    await vi.waitFor(() => expect(carryOut).toHaveReturned());
    operations.put([operation(4, "batch", { batch: 9, outcome: done })]);
    await reading;
    expect(discardBatch).toHaveBeenCalledWith(9);
    expect([keys.notRead, keys.readingAgain]).toEqual([[], false]);
  });

  it("says why it failed, and leaves the subaccount among what is not read", async () => {
    backendKeys.mockResolvedValue({ ...answer(), notRead: notRead("AC1") });
    await keys.load();
    const reading = keys.readAgain();
    await vi.waitFor(() => expect(begin).toHaveReturned());
    operations.put([operation(3, "readSubaccount", { outcome: { is: "failed", failure: failure("timedOut") } })]);
    await reading;
    expect(keys.againFailure?.kind).toBe("timedOut");
    expect(keys.notRead).toHaveLength(1);
  });
});
