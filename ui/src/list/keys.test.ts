import { describe, expect, it } from "vitest";
import { newKeyRow, sid } from "../fake/data";
import type { KeyRow, ListedKey } from "../wire";
import { ageOf, monthsBefore } from "./age";
import { firstOrder, noHandOverWords, sorted } from "./keyColumns";
import { KeyEntry, withKeysOf } from "./keyEntries";
import { keyTable } from "./keyTable";
import { countsOf, inView, keyViews } from "./keyViews";
import { matchedSid, matches, queryOf } from "./search";

const handedOver = { at: "2026-01-02T10:00:00Z", serviceName: "DicksonOne" };

function entry(name: string, key: Partial<KeyRow> = {}, listed: Partial<ListedKey> = {}): KeyEntry {
  const made = { ...newKeyRow(sid("SK", 1), name), state: "saved" as const, handedOver, createdAt: "2026-01-01T10:00:00Z" };
  return new KeyEntry({ accountSid: sid("AC", 1), accountName: "Acme", accountStatus: "active", key: { ...made, ...key }, ...listed });
}

const names = (entries: KeyEntry[]) => entries.map(({ key }) => key.name);

describe("how old a key is", () => {
  const now = Date.parse("2026-11-30T12:00:00Z");
  const age = (from: string) => ageOf(Date.parse(from), now);

  it("is said in days for two months, then in whole months of the calendar", () => {
    expect(age("2026-11-30T09:00:00Z")).toEqual({ unit: "days", number: 0 });
    expect(age("2026-11-27T09:00:00Z")).toEqual({ unit: "days", number: 3 });
    expect(age("2026-10-02T09:00:00Z")).toEqual({ unit: "days", number: 59 });
    expect(age("2026-09-30T09:00:00Z")).toEqual({ unit: "months", number: 2 });
    expect(age("2024-09-30T09:00:00Z")).toEqual({ unit: "months", number: 26 });
    expect(age("2024-09-30T13:00:00Z")).toEqual({ unit: "months", number: 25 });
  });

  it("is none where this computer's clock is behind", () => {
    expect(age("2026-12-24T09:00:00Z")).toEqual({ unit: "days", number: 0 });
  });

  it("goes back to the last day of a shorter month", () => {
    const before = (from: string, months: number) => new Date(monthsBefore(Date.parse(from), months)).toISOString().slice(0, 10);
    expect(before("2026-03-31T12:00:00Z", 1)).toBe("2026-02-28");
    expect(before("2026-11-30T12:00:00Z", 12)).toBe("2025-11-30");
    expect(before("2026-01-15T12:00:00Z", 1)).toBe("2025-12-15");
  });
});

describe("the order of keys", () => {
  it("has what needs a person first, then the oldest", () => {
    const entries = [
      entry("in order, older", { createdAt: "2025-01-01T10:00:00Z" }),
      entry("in order", {}),
      entry("not handed over", { handedOver: null }),
      entry("elsewhere, oldest", { state: "notSaved", handedOver: null, createdAt: "2024-01-01T10:00:00Z" }),
      entry("refused", { refusedAt: "2026-02-01T10:00:00Z" }),
      entry("gone", { state: "removedAtTwilio" }),
      entry("sealed", { state: "sealedOnly" }),
      entry("unfinished", { state: "unfinished" }),
    ];
    expect(names(sorted(entries, firstOrder))).toEqual([
      "unfinished",
      "gone",
      "sealed",
      "refused",
      "not handed over",
      "elsewhere, oldest",
      "in order, older",
      "in order",
    ]);
  });

  it("does not hold anything of a closed subaccount for pressing, but what is unfinished", () => {
    const closed = { accountStatus: "closed" as const };
    const entries = [entry("a", {}), entry("gone", { state: "removedAtTwilio" }, closed), entry("begun", { state: "unfinished" }, closed)];
    expect(names(sorted(entries, firstOrder))).toEqual(["begun", "a", "gone"]);
  });

  it.each(["age", "proved", "handedOver"] as const)("by %s has what is not known last, whichever way", (column) => {
    const nothing = { createdAt: null, provedAt: null, handedOver: null };
    const at = (time: string) => ({ createdAt: time, provedAt: time, handedOver: { ...handedOver, at: time } });
    const entries = [entry("none", nothing), entry("2024", at("2024-05-01T10:00:00Z")), entry("2025", at("2025-05-01T10:00:00Z"))];
    const turned = column === "age" ? ["2024", "2025", "none"] : ["2025", "2024", "none"];
    expect(names(sorted(entries, { column, descending: true }))).toEqual(turned);
    expect(names(sorted(entries, { column, descending: false }))).toEqual([...turned.slice(0, 2).reverse(), "none"]);
  });
});

describe("the views of keys", () => {
  const oldBefore = Date.parse("2025-11-30T00:00:00Z");
  const entries = [
    entry("new", {}),
    entry("old", { createdAt: "2025-11-29T10:00:00Z" }),
    entry("age not known", { createdAt: null }),
    entry("elsewhere", { state: "notSaved", handedOver: null }),
    entry("gone, never handed over", { state: "removedAtTwilio", handedOver: null }),
    entry("sealed, never handed over", { state: "sealedOnly", handedOver: null }),
  ];

  it("have each what they say, and count it", () => {
    const inIt = (view: (typeof keyViews)[number]) => names(entries.filter((one) => inView(one, view, oldBefore)));
    expect(inIt("secretNotHere")).toEqual(["elsewhere"]);
    expect(inIt("notHandedOver")).toEqual(["sealed, never handed over"]);
    expect(inIt("old")).toEqual(["old"]);
    expect(inIt("gone")).toEqual(["gone, never handed over"]);
    expect(countsOf(entries, oldBefore)).toEqual({ all: 6, secretNotHere: 1, notHandedOver: 1, old: 1, gone: 1 });
  });

  it("do not say of a key that was made elsewhere that it was not handed over", () => {
    expect(noHandOverWords(entry("elsewhere", { state: "notSaved", handedOver: null }))).toBe("Not known");
    expect(noHandOverWords(entry("here", { handedOver: null }))).toBe("Not handed over");
  });
});

describe("searching keys", () => {
  const keySid = "SK00000000000000000000000000ef34ab";
  const accountSid = "AC00000000000000000000000000ab12cd";
  const key = entry("dickson key", { sid: keySid }, { accountSid, accountName: "Cédar Labs" });

  it.each(["dickson", "cedar", "labs key", "ef34ab", keySid, accountSid, "sk0000…34ab"])("finds by %s", (typed) => {
    expect(matches(key, queryOf(typed))).toBe(true);
  });

  it("finds nothing across the end of one name and the beginning of the other", () => {
    expect(matches(entry("one", {}, { accountName: "two" }), queryOf("onetwo"))).toBe(false);
    expect(matches(key, queryOf("nobody"))).toBe(false);
  });

  it("says which SID it was", () => {
    expect(matchedSid(key, queryOf(keySid))).toBe(keySid);
    expect(matchedSid(key, queryOf(accountSid))).toBe(accountSid);
    expect(matchedSid(key, queryOf("cedar"))).toBeNull();
  });

  it("names the customer where the key's name does not", () => {
    expect(key.customer).toBe("Cédar Labs");
    expect(entry("cedar labs - n8n", {}, { accountName: "Cédar Labs" }).customer).toBeNull();
  });
});

describe("keys that were read anew", () => {
  it("take the place of all keys of their subaccounts, also where none is left", () => {
    const of = (name: string, number: number) => entry(name, {}, { accountSid: sid("AC", number) });
    const before = [of("a", 1), of("b", 2), of("c", 3)];
    const after = withKeysOf(before, [sid("AC", 2), sid("AC", 3)], [of("b2", 2).listed]);
    expect(names(after)).toEqual(["a", "b2"]);
    expect(after[0]).toBe(before[0]);
  });
});

describe("the table of keys for another program", () => {
  it("has a cell for each column, times as times, and nothing where nothing is known", () => {
    const { head, rows } = keyTable(
      [entry("key", { provedAt: "2026-02-01T10:00:00Z" }), entry("=cmd()", { handedOver: null, createdAt: null })],
      () => "10021",
    );
    for (const row of rows) expect(row).toHaveLength(head.length);
    const cell = (row: number, column: string) => rows[row]?.[head.indexOf(column)];
    expect(cell(0, "Created")).toEqual({ time: "2026-01-01T10:00:00Z" });
    expect(cell(0, "Proved")).toEqual({ time: "2026-02-01T10:00:00Z" });
    expect(cell(0, "Customer number")).toEqual({ text: "10021" });
    expect(cell(1, "Created")).toEqual({ text: "" });
    expect(cell(1, "Handed over to")).toEqual({ text: "" });
    // What a spreadsheet would take for a formula is a text: the Rust side writes it as one.
    expect(cell(1, "Key")).toEqual({ text: "=cmd()" });
  });
});
