import { afterEach, describe, expect, it, vi } from "vitest";
import { doneBy, foundOf } from "../fake/activity";
import { rowsOf } from "./activityColumns";
import { activityGroups, kindsOf } from "./activityGroups";
import { activityTable } from "./activityTable";
import { dayOf, isTurnedRound, spanOf } from "./activityTimes";
import type { ActivityQuery } from "../wire";
import { words } from "../words";

const at = "2026-11-30T10:00:00Z";
const noDays = { from: "", to: "" };

describe("the groups of what was done", () => {
  it("have every kind in exactly one of them", () => {
    const kinds = activityGroups.flatMap(kindsOf);
    expect(new Set(kinds).size).toBe(kinds.length);
    expect([...kinds].sort()).toEqual(Object.keys(words().activity.what).sort());
  });
});

describe("a time that is asked for", () => {
  afterEach(() => void vi.unstubAllEnvs());

  const inZone = (zone: string) => vi.stubEnv("TZ", zone);
  const days = (from: string, to: string) => spanOf("between", { from, to }, Date.parse(at));

  it("is any where none was chosen, and any on the side where no day was", () => {
    expect(spanOf(null, noDays, Date.parse(at))).toEqual({ since: null, until: null });
    expect(days("", "")).toEqual({ since: null, until: null });
    expect(days("2026-11-03", "")).toEqual({ since: "2026-11-03T00:00:00.000Z", until: null });
  });

  it("counts today among the last days, and begins where the day does here", () => {
    inZone("America/New_York");
    const now = Date.parse("2026-12-01T02:00:00Z");
    expect(spanOf("today", noDays, now).since).toBe("2026-11-30T05:00:00.000Z");
    expect(spanOf("last7Days", noDays, now).since).toBe("2026-11-24T05:00:00.000Z");
    expect(spanOf("last30Days", noDays, now).since).toBe("2026-11-01T04:00:00.000Z");
    expect(spanOf("last12Months", noDays, now).since).toBe("2025-11-30T05:00:00.000Z");
  });

  it("has the whole last day in it, also where the clocks change on it", () => {
    inZone("America/New_York");
    // 25 hours, and 23.
    expect(days("2026-11-01", "2026-11-01")).toEqual({ since: "2026-11-01T04:00:00.000Z", until: "2026-11-02T05:00:00.000Z" });
    expect(days("2026-03-08", "2026-03-08")).toEqual({ since: "2026-03-08T05:00:00.000Z", until: "2026-03-09T04:00:00.000Z" });
    inZone("Europe/Copenhagen");
    expect(days("2026-03-29", "2026-10-25")).toEqual({ since: "2026-03-28T23:00:00.000Z", until: "2026-10-25T23:00:00.000Z" });
  });

  it("takes no day for one that is still being typed", () => {
    for (const box of ["", "0002-11-30", "20261-11-30", "nonsense"]) expect(dayOf(box), box).toBeNull();
  });

  it("is turned round where its first day comes after its last", () => {
    expect(isTurnedRound({ from: "2026-11-10", to: "2026-11-05" })).toBe(true);
    expect(isTurnedRound({ from: "2026-11-05", to: "2026-11-05" })).toBe(false);
    expect(isTurnedRound({ from: "2026-11-05", to: "" })).toBe(false);
  });
});

describe("a row of what was done", () => {
  it("keeps its key when something newer stands before it, also beside one like it", () => {
    const same = doneBy({ at, what: "secretCopied" });
    const before = rowsOf([same, same]).map(({ key }) => key);
    expect(new Set(before).size).toBe(2);
    const newer = doneBy({ at: "2026-11-30T11:00:00Z", what: "secretCopied" });
    expect(rowsOf([newer, same, same]).map(({ key }) => key)).toEqual([expect.any(String), ...before]);
  });
});

describe("what the made-up side answers", () => {
  const all: ActivityQuery = { accounts: null, kinds: null, since: null, until: null };
  const made = [
    doneBy({ at: "2026-11-28T00:00:00Z", what: "connected", accountSid: "AC1" }),
    doneBy({ at: "2026-11-29T00:00:00Z", what: "keyCreated", accountSid: "AC2" }),
    doneBy({ at: "2026-11-30T00:00:00Z", what: "keyDeleted", accountSid: "AC2" }, { user: null, computer: null }),
  ];
  const kinds = (query: Partial<ActivityQuery>, limit = 10) => {
    const { newest, count } = foundOf(made, { ...all, ...query }, limit, []);
    return [newest.map(({ what }) => what), count];
  };

  it("is the newest first, counted beyond the limit, with the first moment and without the last", () => {
    expect(kinds({}, 1)).toEqual([["keyDeleted"], 3]);
    expect(kinds({ since: "2026-11-29T00:00:00Z", until: "2026-11-30T00:00:00Z" })).toEqual([["keyCreated"], 1]);
    expect(kinds({ accounts: [] })).toEqual([[], 0]);
    expect(kinds({ accounts: ["AC2"], kinds: ["keyDeleted"] })).toEqual([["keyDeleted"], 1]);
  });

  it("has Twilio's request with what was changed there from here, and with nothing else", () => {
    expect(made.map(({ requestId }) => requestId)).toEqual([null, expect.stringMatching(/^RQ[0-9a-f]{32}$/), null]);
  });
});

describe("the table of what was done for another program", () => {
  it("has a cell for each column, a time as a time, and nothing where nothing is known", () => {
    const done = doneBy({ at, what: "subaccountRenamed", accountSid: "AC1", accountName: "=cmd()", detail: "Acme" });
    const { head, rows } = activityTable([done, doneBy({ at, what: "passphraseSet" }, { user: null, computer: null })], () => "10021");
    for (const row of rows) expect(row).toHaveLength(head.length);
    const cell = (row: number, column: string) => rows[row]?.[head.indexOf(column)];
    expect(cell(0, "Time")).toEqual({ time: at });
    expect(cell(0, "What")).toEqual({ text: "Subaccount renamed" });
    expect(cell(0, "Customer")).toEqual({ text: "=cmd()" });
    expect(cell(0, "Customer number")).toEqual({ text: "10021" });
    expect(cell(0, "Detail")).toEqual({ text: "Acme" });
    expect(cell(0, "Twilio’s request")).toEqual({ text: done.requestId });
    expect(cell(1, "Customer number")).toEqual({ text: "" });
    expect(cell(1, "Who")).toEqual({ text: "" });
  });
});
