import { describe, expect, it } from "vitest";
import { Selection, shareTicked } from "./selection.svelte";

const order = ["a", "b", "c", "d", "e"];
const ticked = (selection: Selection) => [...selection.keys].sort().join("");

function selectionOf(...keys: string[]): Selection {
  const selection = new Selection();
  selection.take(keys);
  return selection;
}

describe("ticks", () => {
  it("are put on a row and taken off it one at a time", () => {
    const selection = selectionOf("a");
    selection.toggle("c");
    selection.toggle("a");
    expect(ticked(selection)).toBe("c");
  });

  it("are extended from where the range began, which can become shorter again and turn round", () => {
    const selection = selectionOf("e");
    selection.extend(order, 1, 2);
    selection.extend(order, 2, 3);
    expect(ticked(selection)).toBe("bcde");
    selection.extend(order, 3, 2);
    expect(ticked(selection)).toBe("bce");
    selection.extend(order, 2, 0);
    expect(ticked(selection)).toBe("abe");
  });

  it("are extended from the row that was ticked last", () => {
    const selection = new Selection();
    selection.toggle("b");
    selection.extend(order, 4, 3);
    expect(ticked(selection)).toBe("bcd");
  });

  it("begin a new range once it has ended, or where its first row is not shown any more", () => {
    const selection = new Selection();
    selection.extend(order, 0, 1);
    selection.endRange();
    selection.extend(order, 3, 4);
    expect(ticked(selection)).toBe("abde");
    selection.extend(["a", "b", "c"], 2, 1);
    expect(ticked(selection)).toBe("abcde");
  });

  it("are not put back by a range on a row that was left out just before", () => {
    const selection = selectionOf("a", "b");
    selection.toggle("a");
    selection.extend(order, 2, 3);
    expect(ticked(selection)).toBe("bcd");
  });

  it("leave with the rows that are gone, and with no others", () => {
    const selection = selectionOf("a", "b", "c");
    selection.keepOnly(new Set(["b", "c", "d"]));
    expect(ticked(selection)).toBe("bc");
  });

  it("of the head say whether all, some or none of what is shown have one, whatever is ticked besides", () => {
    const selection = selectionOf("e");
    expect(shareTicked(selection, ["a", "b"])).toBe("none");
    selection.take(["a"]);
    expect(shareTicked(selection, ["a", "b"])).toBe("some");
    selection.take(["b"]);
    expect(shareTicked(selection, ["a", "b"])).toBe("all");
    expect(shareTicked(selection, [])).toBe("none");
    selection.leave(["a", "b"]);
    expect(ticked(selection)).toBe("e");
  });
});
