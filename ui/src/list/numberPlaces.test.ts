import { describe, expect, it } from "vitest";
import { makeSubaccounts } from "../fake/data";
import type { NumberRow } from "../wire";
import { countsOf, decisionsFor, orderedOf } from "./numberPlaces";

const numbers: NumberRow[] = makeSubaccounts(9, Date.now(), { hostile: false, troubles: false })
  .flatMap((one) => one.numbers)
  .slice(0, 3);
const [first, second, third] = numbers.map(({ sid }) => sid) as [string, string, string];
const always = () => true;

describe("what is decided about the numbers of a subaccount", () => {
  it("is that each goes to the main account, until somebody says otherwise", () => {
    expect(orderedOf(decisionsFor(numbers, new Map(), "main", always))).toEqual([
      { numberSid: first, moveTo: "main" },
      { numberSid: second, moveTo: "main" },
      { numberSid: third, moveTo: "main" },
    ]);
  });

  it("stays where the number and the account are still there, and is of no number that is gone", () => {
    const before = new Map([
      [first, null],
      [second, "closed meanwhile"],
      ["PN gone", null],
    ]);
    const after = decisionsFor(numbers, before, "main", (place) => place === "main");
    expect([...after]).toEqual([
      [first, null],
      [second, "main"],
      [third, "main"],
    ]);
    expect(countsOf(after)).toEqual({ moved: 2, released: 1 });
  });
});
