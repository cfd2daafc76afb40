import { describe, expect, it } from "vitest";
import { activityColumns, rowsOf, sorted } from "./activityColumns";
import { edge, fitting, gap, nextOrder, tracks } from "./columns";
import { columnsOf } from "./subaccountColumns";

const subaccountColumns = columnsOf(false);
const ids = (room: number) => fitting(subaccountColumns, room).map(({ id }) => id);

describe("where there is no room for all columns", () => {
  it("they leave by their priority, and the first one never", () => {
    const least = 14 + 6.25 + 6.5 + 6.25 + 2 * edge + 3 * gap;
    expect(ids(least)).toEqual(["name", "status", "credentials", "spend"]);
    expect(ids(least - 0.01)).toEqual(["name", "status", "credentials"]);
    expect(ids(least - 6.25 - gap - 0.01)).toEqual(["name", "credentials"]);
    expect(ids(20)).toEqual(["name"]);
    expect(ids(1)).toEqual(["name"]);
  });

  it("the very list that was given is what fits where all do, so that nothing is drawn anew for it", () => {
    expect(fitting(subaccountColumns, 100)).toBe(subaccountColumns);
  });

  it("a column without a most takes what is left", () => {
    expect(tracks(fitting(subaccountColumns, 25))).toBe("minmax(14rem, 1fr) minmax(6.5rem, 13.5rem)");
  });
});

describe("choosing a column", () => {
  const byName = { column: "name" as const, descending: false };

  it("sorts by it, and the other way round where that was so already", () => {
    expect(nextOrder(subaccountColumns, byName, "status")).toEqual({ column: "status", descending: false });
    expect(nextOrder(subaccountColumns, byName, "name")).toEqual({ column: "name", descending: true });
  });

  it("has what is most first, where that is what is looked for", () => {
    expect(nextOrder(subaccountColumns, byName, "spend")).toEqual({ column: "spend", descending: true });
  });
});

describe("what was done", () => {
  const at = "2026-11-30T10:00:00Z";
  const one = (accountName: string | null, time = at) => ({
    at: time,
    accountSid: null,
    accountName,
    keySid: null,
    what: "connected" as const,
    detail: null,
    user: null,
    computer: null,
    requestId: null,
  });
  const rows = rowsOf([one("Beta"), one(null), one("alpha"), one("Beta", "2026-11-29T10:00:00Z")]);
  const places = (column: "when" | "whom", descending: boolean) => sorted(rows, { column, descending }).map(({ place }) => place);

  it("of one moment is in the order it was read in, turned round with the time", () => {
    expect(places("when", true)).toEqual([0, 1, 2, 3]);
    expect(places("when", false)).toEqual([3, 2, 1, 0]);
  });

  it("about nobody is last by customer, whichever way", () => {
    expect(places("whom", false)).toEqual([2, 0, 3, 1]);
    expect(places("whom", true)).toEqual([0, 3, 2, 1]);
  });

  it("is not sorted by what has no order", () => {
    expect(activityColumns.filter(({ compare }) => compare === undefined).map(({ id }) => id)).toEqual(["apiKey"]);
  });
});
