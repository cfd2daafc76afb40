import { beforeEach, describe as suite, expect, it, vi } from "vitest";
import { doneBy } from "../fake/activity";
import { failure } from "../failures/failure";
import { late } from "../test-answers";
import type { ActivityKind, ActivityList, ActivityQuery } from "../wire";

const ask = vi.hoisted(() => vi.fn());
vi.mock("../backend", () => ({ backend: { activity: ask, on: () => {} } }));

const { activity } = await import("./activity.svelte");
const { openAccount } = await import("./account");

const of = (what: ActivityKind, count = 1): ActivityList => ({ newest: [doneBy({ at: "2026-11-30T10:00:00Z", what })], count });
const shown = () => activity.shown.map((row) => row.activity.what);
const asked = () => ask.mock.calls as [ActivityQuery, number][];

suite("what was done", () => {
  beforeEach(() => {
    activity.reset();
    ask.mockReset();
    vi.useFakeTimers();
  });

  it("is asked for once somebody has stopped typing, and not for each letter", async () => {
    ask.mockResolvedValue(of("connected"));
    for (const text of ["A", "Ac", "Acm"]) {
      activity.search(text);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(ask).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(300);
    expect(asked().map(([{ accounts }]) => accounts)).toEqual([[]]);
  });

  it("is asked for at once by who presses Enter", async () => {
    ask.mockResolvedValue(of("connected"));
    activity.search("Acme");
    await activity.settled();
    expect(ask).toHaveBeenCalledTimes(1);
    await activity.settled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it("is the answer to the newest question, whichever comes last", async () => {
    const [first, second] = [late<ActivityList>(), late<ActivityList>()];
    ask.mockReturnValueOnce(first.call).mockReturnValueOnce(second.call);
    activity.narrowTo("keys");
    activity.narrowTo("numbers");
    second.answer(of("numberMoved"));
    await vi.advanceTimersByTimeAsync(0);
    first.answer(of("keyCreated"));
    await vi.advanceTimersByTimeAsync(0);
    expect(shown()).toEqual(["numberMoved"]);
  });

  it("grows by more, and begins with few again for another question", async () => {
    ask.mockResolvedValue(of("connected", 1_340));
    await activity.load();
    await activity.showMore();
    activity.narrowTo("connection");
    await vi.advanceTimersByTimeAsync(0);
    expect(asked().map(([, limit]) => limit)).toEqual([200, 700, 200]);
  });

  it("that cannot be read leaves rows that answer the same, and none that answer something else", async () => {
    ask.mockResolvedValueOnce(of("connected")).mockRejectedValue(failure("recordsBroken"));
    await activity.load();
    await activity.load();
    expect([shown(), activity.failure?.kind]).toEqual([["connected"], "recordsBroken"]);
    activity.narrowTo("keys");
    await vi.advanceTimersByTimeAsync(0);
    expect([shown(), activity.loaded]).toEqual([[], false]);
  });

  it("is none only where nothing was looked for, also while the answer to that is on its way", async () => {
    const all = late<ActivityList>();
    ask.mockResolvedValueOnce({ newest: [], count: 0 }).mockReturnValueOnce(all.call);
    activity.narrowTo("keys");
    await vi.advanceTimersByTimeAsync(0);
    activity.showAll();
    expect(activity.none).toBe(false);
    all.answer({ newest: [], count: 0 });
    await vi.advanceTimersByTimeAsync(0);
    expect(activity.none).toBe(true);
  });

  it("and what it was narrowed to is forgotten with the account", async () => {
    ask.mockResolvedValue(of("connected"));
    activity.narrowTo("keys");
    activity.chooseTime("today");
    await vi.advanceTimersByTimeAsync(0);
    openAccount.leave();
    expect([activity.narrowed, activity.loaded, shown()]).toEqual([false, false, []]);
  });
});
