import { describe, expect, it } from "vitest";
import { dayAfter, dayAhead, dayIn, forBox, nextMonday, sinceWhen } from "./days";

const at = (text: string) => Date.parse(`${text}T15:30:00Z`);
const wednesday = at("2026-12-02");

describe("days to put something off until", () => {
  it("begin at midnight here", () => {
    expect(dayAfter(wednesday, 1).toISOString()).toBe("2026-12-03T00:00:00.000Z");
    expect(dayAfter(at("2026-12-31"), 14).toISOString()).toBe("2027-01-14T00:00:00.000Z");
  });

  it.each([
    ["2026-12-02", "2026-12-07"],
    ["2026-12-05", "2026-12-07"],
    // Of a Sunday the next Monday is tomorrow, and of a Monday it is in a week.
    ["2026-12-06", "2026-12-14"],
    ["2026-12-07", "2026-12-14"],
  ])("have as the Monday after %s that of %s", (today, monday) => {
    expect(forBox(nextMonday(at(today)))).toBe(monday);
  });

  it("are those of a box from tomorrow to a year ahead, and no others", () => {
    expect(dayIn("2026-12-03", wednesday)).toEqual(dayAfter(wednesday, 1));
    expect(dayIn("2027-12-02", wednesday)).not.toBe(null);
    for (const none of ["", "2026-12-02", "2025-12-03", "0002-01-01", "2029-01-01", "12026-12-03", "soon"])
      expect(dayIn(none, wednesday), none).toBe(null);
  });

  it("come back from a box as they were put in", () => {
    expect(dayIn(forBox(dayAfter(wednesday, 33)), wednesday)).toEqual(dayAfter(wednesday, 33));
  });
});

describe("a day in words", () => {
  it("to come has its weekday, and its year where that is another one", () => {
    expect(dayAhead(dayAfter(wednesday, 5), wednesday)).toBe("Mon, Dec 7");
    expect(dayAhead(dayAfter(wednesday, 40), wednesday)).toBe("Jan 11, 2027");
  });

  it("that has begun is the time of today, the day, or the day with its year", () => {
    expect(sinceWhen("2026-12-02T09:58:00Z", wednesday)).toMatch(/^9:58/);
    expect(sinceWhen("2026-11-27T09:58:00Z", wednesday)).toBe("Nov 27");
    expect(sinceWhen("2025-11-27T09:58:00Z", wednesday)).toBe("Nov 27, 2025");
    expect(sinceWhen("not a time", wednesday)).toBe("not a time");
  });
});
