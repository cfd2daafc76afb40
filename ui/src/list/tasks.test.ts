import { describe, expect, it } from "vitest";
import { makeSubaccounts, sid } from "../fake/data";
import type { PutOff, SubaccountRow, Unfinished } from "../wire";
import { Entry } from "./entries";
import { doneWith, groupOf, isFold, laterRows } from "./taskRows";
import { tasksOf, type Known, type TaskRow } from "./tasks";

const today = Date.parse("2026-12-02T00:00:00Z");
const day = 86_400_000;

let made = 0;

function entry(details: Partial<SubaccountRow> = {}): Entry {
  made += 1;
  return new Entry({
    sid: sid("AC", made),
    name: `Customer ${made}`,
    status: "active",
    keySids: [sid("SK", made)],
    saved: 1,
    unsaved: 0,
    removed: 0,
    notHandedOver: 0,
    customerNumber: "",
    oldestKeyAt: "2026-11-01T09:00:00Z",
    tags: [],
    unfinished: 0,
    spend: null,
    spendAsOf: null,
    notReadable: null,
    gone: false,
    ...details,
  });
}

const removed = () => entry({ saved: 0, removed: 1 });
const notHandedOver = () => entry({ notHandedOver: 1 });
const keyless = (details: Partial<SubaccountRow> = {}) => entry({ saved: 0, keySids: [], oldestKeyAt: null, ...details });
const old = (oldestKeyAt = "2024-10-02T09:00:00Z") => entry({ oldestKeyAt });
const thing = (id: number) => ({ id, what: "key", name: "Acme" }) as Partial<Unfinished> as Unfinished;
const later = (task: string, days: number, reason = ""): PutOff => ({ task, until: new Date(today + days * day).toISOString(), reason });

function tasks(known: Partial<Known>): { rows: TaskRow[]; putOff: TaskRow[] } {
  const { rows, later: putOff } = tasksOf({
    entries: [],
    unfinished: [],
    backup: false,
    putOff: [],
    dayEnds: today + day,
    oldBefore: Date.parse("2025-12-02T00:00:00Z"),
    ...known,
  });
  return { rows, putOff: laterRows(putOff) };
}

const ids = (rows: readonly TaskRow[]) => rows.map(({ id }) => id);
const sidOf = ({ row }: Entry) => row.sid;

describe("what needs attention", () => {
  it("begins with what can stop an alarm and ends with what is of this vault", () => {
    const [none, aged, open, gone] = [keyless(), old(), notHandedOver(), removed()];
    const { rows } = tasks({ entries: [none, aged, open, gone], unfinished: [thing(12)], backup: true });
    expect(ids(rows)).toEqual([`keyRemoved:${sidOf(gone)}`, "unfinished:12", `notHandedOver:${sidOf(open)}`, "oldKeys", "noKey", "backup"]);
    expect(rows.map(({ kind }) => groupOf(kind))).toEqual(["keys", "keys", "keys", "keys", "keys", "vault"]);
  });

  it("is nothing where every key is saved, handed over and young", () => {
    expect(tasks({ entries: [entry(), entry()] })).toEqual({ rows: [], putOff: [] });
  });

  it("folds more than three alike into one row, and no fewer", () => {
    const three = tasks({ entries: [removed(), removed(), removed()] }).rows;
    expect(three).toHaveLength(3);
    expect(three.some(isFold)).toBe(false);
    const four = tasks({ entries: [removed(), removed(), removed(), removed(), notHandedOver()] }).rows;
    expect(four.map(({ kind, tasks }) => [kind, tasks.length])).toEqual([
      ["keyRemoved", 4],
      ["notHandedOver", 1],
    ]);
    expect(four.map(isFold)).toEqual([true, false]);
  });

  it("has old keys and missing keys in one row each, however few, the oldest first", () => {
    const [young, older, oldest] = [entry(), old("2025-06-01T09:00:00Z"), old("2024-06-01T09:00:00Z")];
    const { rows } = tasks({ entries: [young, older, oldest, keyless()] });
    expect(ids(rows)).toEqual(["oldKeys", "noKey"]);
    expect(rows[0]?.tasks[0]?.entries).toEqual([oldest, older]);
    expect(rows.every(isFold)).toBe(true);
  });

  it("counts no key as old where that is never", () => {
    expect(tasks({ entries: [old("2001-01-01T00:00:00Z")], oldBefore: -Infinity }).rows).toEqual([]);
  });

  it("says that a key is missing only of an active subaccount whose keys were read", () => {
    const others: Partial<SubaccountRow>[] = [
      { unsaved: null },
      { status: "suspended" },
      { status: "closed" },
      { gone: true },
      { unfinished: 1 },
      { unsaved: 1 },
      { keySids: [sid("SK", 1)] },
    ];
    for (const details of others) expect(tasks({ entries: [keyless(details)] }).rows, JSON.stringify(details)).toEqual([]);
  });

  it("says nothing more of a subaccount while something of it is unfinished", () => {
    const unfinished = entry({ notHandedOver: 1, unfinished: 1 });
    expect(ids(tasks({ entries: [unfinished], unfinished: [thing(3)] }).rows)).toEqual(["unfinished:3"]);
  });

  it("is not the age of keys in a subaccount that is suspended or no longer at Twilio", () => {
    const aged = { oldestKeyAt: "2020-01-01T00:00:00Z" };
    expect(tasks({ entries: [entry({ ...aged, status: "suspended" }), entry({ ...aged, gone: true })] }).rows).toEqual([]);
  });
});

describe("what was put off", () => {
  it("is a view of its own until its day, and then is back with what was said of it", () => {
    const open = notHandedOver();
    const id = `notHandedOver:${sidOf(open)}`;
    const before = tasks({ entries: [open], putOff: [later(id, 1, "waits for their lawyer")] });
    expect([ids(before.rows), ids(before.putOff)]).toEqual([[], [id]]);
    const onItsDay = tasks({ entries: [open], putOff: [later(id, 0, "waits for their lawyer")] });
    expect([ids(onItsDay.rows), ids(onItsDay.putOff)]).toEqual([[id], []]);
    expect(onItsDay.rows[0]?.tasks[0]?.putOff?.reason).toBe("waits for their lawyer");
    expect(ids(tasks({ entries: [open], putOff: [later(id, -9)] }).rows)).toEqual([id]);
  });

  it("is shown of nothing that is done with", () => {
    expect(tasks({ entries: [entry()], putOff: [later("oldKeys", 7), later("noKey", 7), later("backup", 7)] }).putOff).toEqual([]);
  });

  it("leaves those alike that were not put off as they are, and folds what comes back together", () => {
    const open = [1, 2, 3, 4, 5, 6].map(notHandedOver);
    const putOff = open.slice(0, 4).map((one) => later(`notHandedOver:${sidOf(one)}`, 7, "on holiday"));
    const { rows, putOff: put } = tasks({ entries: open, putOff });
    expect(rows.map(({ tasks }) => tasks.length)).toEqual([1, 1]);
    expect(put.map(({ tasks }) => tasks.length)).toEqual([4]);
    const apart = putOff.map((one, place) => later(one.task, 7 + place));
    expect(tasks({ entries: open, putOff: apart }).putOff).toHaveLength(4);
  });

  it("is never something unfinished", () => {
    expect(ids(tasks({ unfinished: [thing(5)], putOff: [later("unfinished:5", 7)] }).rows)).toEqual(["unfinished:5"]);
  });

  it("reminds of a suspended subaccount on its day, and of none that nobody asked to be reminded of", () => {
    const suspended = entry({ status: "suspended" });
    const id = `suspended:${sidOf(suspended)}`;
    expect(tasks({ entries: [suspended] })).toEqual({ rows: [], putOff: [] });
    expect(ids(tasks({ entries: [suspended], putOff: [later(id, 3)] }).putOff)).toEqual([id]);
    const { rows } = tasks({ entries: [suspended], putOff: [later(id, 0)] });
    expect(ids(rows)).toEqual([id]);
    expect(groupOf("suspended")).toBe("subaccounts");
    const back = new Entry({ ...suspended.row, status: "active" });
    expect(tasks({ entries: [back], putOff: [later(id, 0)] }).rows).toEqual([]);
  });
});

describe("what was put off and is done", () => {
  const put = (kind: string, one: Entry) => [later(`${kind}:${sidOf(one)}`, 7)];

  it("is told by the row, and nothing else is", () => {
    expect(doneWith(put("notHandedOver", entry()), [])).toEqual([]);
    for (const [kind, open, done] of [
      ["notHandedOver", notHandedOver(), {}],
      ["keyRemoved", removed(), { saved: 1 }],
      ["suspended", entry({ status: "suspended" }), { status: "active" }],
      ["suspended", entry({ status: "suspended" }), { status: "closed" }],
    ] as const) {
      expect(doneWith(put(kind, open), [open]), kind).toEqual([]);
      const now = new Entry({ ...open.row, notHandedOver: 0, ...done });
      expect(doneWith(put(kind, open), [now]), kind).toEqual([`${kind}:${sidOf(open)}`]);
    }
    expect(doneWith([later("oldKeys", 7), later("noKey", 7), later("backup", 7)], [entry()])).toEqual([]);
    const unknown = entry({ status: "unknown" });
    expect(doneWith(put("suspended", unknown), [unknown])).toEqual([]);
  });
});

describe("a thousand subaccounts", () => {
  it("are gone through in well under the time of a frame", () => {
    const entries = makeSubaccounts(1000, today, { hostile: false, troubles: true }).map((one) =>
      entry({ name: one.name, status: one.status, oldestKeyAt: one.keys[0]?.createdAt ?? null, keySids: one.keys.map((key) => key.sid) }),
    );
    const times = Array.from({ length: 9 }, () => {
      const begun = performance.now();
      tasks({ entries });
      return performance.now() - begun;
    });
    expect(tasks({ entries }).rows.length).toBeGreaterThan(0);
    // The first times the engine has not compiled it yet, and a shared machine may be busy at any of them.
    expect(Math.min(...times)).toBeLessThan(2);
  });
});
