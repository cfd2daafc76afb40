import { beforeEach, describe as suite, expect, it, vi } from "vitest";
import { failure } from "../failures/failure";
import { late } from "../test-answers";
import type { SubaccountList as SavedList, SubaccountRow, Unfinished } from "../wire";

const heard = vi.hoisted(() => new Map<string, (news: unknown) => void>());
const subaccounts = vi.hoisted(() => vi.fn());
const unfinishedThings = vi.hoisted(() => vi.fn());
vi.mock("../backend", () => ({
  backend: { subaccounts, unfinished: unfinishedThings, on: (name: string, handler: (news: unknown) => void) => heard.set(name, handler) },
}));

const { list } = await import("./list.svelte");
const { unfinished } = await import("./unfinished.svelte");

const row = (sid: string, name: string) => ({ sid, name, keySids: [], status: "active" }) as Partial<SubaccountRow> as SubaccountRow;
const read = (...rows: SubaccountRow[]): SavedList => ({ rows, readAt: null, oddities: null });
const tell = (...rows: SubaccountRow[]) => heard.get("rowsChanged")?.(rows);
const names = () => list.entries.map((entry) => entry.row.name);

suite("a list on its way", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    subaccounts.mockReset();
    list.reset();
  });

  it.each([
    ["before they were put in", 0],
    ["after they were put in", 1_000],
  ])("takes away no row that was told meanwhile, also where it comes %s", async (_, pause) => {
    const answer = late<SavedList>();
    subaccounts.mockReturnValueOnce(answer.call);
    const loaded = list.load();
    tell(row("AC1", "renamed"), row("AC2", "new"));
    await vi.advanceTimersByTimeAsync(pause);
    answer.answer(read(row("AC1", "before")));
    await loaded;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(names()).toEqual(["renamed", "new"]);
  });

  it("is newer than what was told before it was asked for", async () => {
    tell(row("AC1", "told before"));
    subaccounts.mockResolvedValueOnce(read(row("AC1", "read since")));
    await list.load();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(names()).toEqual(["read since"]);
  });

  it("is the one that was asked for last", async () => {
    const [older, newer] = [late<SavedList>(), late<SavedList>()];
    subaccounts.mockReturnValueOnce(older.call).mockReturnValueOnce(newer.call);
    const loaded = [list.load(), list.load()];
    newer.answer(read(row("AC1", "new")));
    older.answer(read(row("AC1", "old")));
    await Promise.all(loaded);
    expect(names()).toEqual(["new"]);
  });
});

suite("unfinished things", () => {
  const thing = (id: number) => ({ id, running: false }) as Unfinished;

  beforeEach(() => {
    unfinishedThings.mockReset();
    unfinished.reset();
  });

  it("are what was told while they were read", async () => {
    const answer = late<Unfinished[]>();
    unfinishedThings.mockReturnValueOnce(answer.call);
    const loaded = unfinished.load();
    heard.get("unfinishedChanged")?.([]);
    answer.answer([thing(1)]);
    await loaded;
    expect(unfinished.all).toEqual([]);
  });

  it("are not those of an account that was left, and neither is a failure to read them", async () => {
    const [things, refusal] = [late<Unfinished[]>(), late<Unfinished[]>()];
    unfinishedThings.mockReturnValueOnce(things.call).mockReturnValueOnce(refusal.call);
    const loaded = [unfinished.load(), unfinished.load()];
    unfinished.reset();
    things.answer([thing(1)]);
    refusal.refuse(failure("recordsBroken"));
    await Promise.all(loaded);
    expect([unfinished.all, unfinished.failure]).toEqual([[], null]);
  });
});
