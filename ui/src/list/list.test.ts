import { describe, expect, it } from "vitest";
import { makeSubaccounts, seeded, sid } from "../fake/data";
import type { SubaccountRow } from "../wire";
import { credentialsOf, needsAttention } from "./credentials";
import { Entry, withRows } from "./entries";
import { isEmpty, markName, matchedSid, matches, narrows, queryOf, soughtKey } from "./search";
import { sorted } from "./subaccountColumns";

function row(name: string, details: Partial<SubaccountRow> = {}): SubaccountRow {
  return {
    sid: sid("AC", 1),
    name,
    status: "active",
    keySids: [],
    saved: 0,
    unsaved: 0,
    removed: 0,
    notHandedOver: 0,
    customerNumber: "",
    oldestKeyAt: null,
    tags: [],
    unfinished: 0,
    spend: null,
    spendAsOf: null,
    notReadable: null,
    gone: false,
    ...details,
  };
}

const accountSid = "AC00000000000000000000000000ab12cd";
const keySid = "SK00000000000000000000000000ef34ab";
const acme = new Entry(row("Acme Cold Storage", { sid: accountSid, keySids: [keySid] }));

function finds(text: string): boolean {
  return matches(acme, queryOf(text));
}

describe("search by name", () => {
  it("finds any part, whatever the case", () => {
    expect(finds("cold")).toBe(true);
    expect(finds("ACME")).toBe(true);
    expect(finds("age")).toBe(true);
    expect(finds("warm")).toBe(false);
  });

  it("finds several words in any order, all of which must be there", () => {
    expect(finds("storage acme")).toBe(true);
    expect(finds("acme clinic")).toBe(false);
  });

  it("does not mind accents", () => {
    const cafe = new Entry(row("Café Köl"));
    expect(matches(cafe, queryOf("cafe kol"))).toBe(true);
    expect(matches(cafe, queryOf("CAFÉ"))).toBe(true);
  });

  it.each([
    ["sorensen", "Sørensen"],
    ["sørensen", "Sorensen"],
    ["SØRENSEN", "sørensen"],
    ["so\u0308ren", "Sören"],
    ["strasse", "Straße 4"],
    ["straße", "Strasse 4"],
    ["aero", "Ærø"],
    ["ærø", "Aero"],
    ["lodz", "Łódź"],
    ["Łódź", "lodz"],
    ["dang", "Đặng"],
    ["igdir", "Iğdır"],
    ["IĞDIR", "iğdir"],
    ["thor", "Þór"],
    ["coeur", "Cœur"],
    ["acme\u00a0cold", "Acme Cold"],
    ["acme\u200b", "Acme Cold"],
    ["acme", "Ac\u00adme"],
    ["site 12", "Site １２"],
    ["１２", "Site 12"],
    ["o'neill", "O’Neill"],
    ["cafe", "Cafe\u0301"],
    ["café", "Cafe"],
    ["  acme  cold ", "Acme\u3000Cold"],
    ["first", "ﬁrst"],
    ["οδυσσεας", "ΟΔΥΣΣΕΑΣ"],
  ])("finds by %j the name %j", (typed, name) => {
    expect(matches(new Entry(row(name)), queryOf(typed))).toBe(true);
    expect(matches(new Entry(row("Something Else")), queryOf(typed))).toBe(false);
  });

  it("takes what looks like part of a SID for part of a name as well", () => {
    expect(matches(new Entry(row("Decade Labs")), queryOf("decade"))).toBe(true);
  });
});

describe("search by SID", () => {
  it.each([
    accountSid,
    accountSid.toUpperCase(),
    keySid,
    `  "${keySid}"\n`,
    `‘${accountSid}’,`,
    `${keySid.slice(0, 10)} ${keySid.slice(10)}`,
    `\uFEFF${keySid}\u200B`,
    `\u00a0${accountSid}\u00ad`,
    `\u2066${keySid}\u2069`,
    `${keySid.slice(0, 9)}\u2060${keySid.slice(9)}\u{e0020}`,
    "ＡＣ" + accountSid.slice(2),
  ])("finds a whole SID pasted as %j", (pasted) => expect(finds(pasted)).toBe(true));

  it.each(["ab12cd", "ef34", "AC00000", "sk000", "SK0000…34ab", "AC0000...12cd"])("finds part of a SID: %s", (part) =>
    expect(finds(part)).toBe(true),
  );

  it("does not find a SID that only begins or ends alike", () => {
    expect(finds("SK0000…9999")).toBe(false);
    expect(finds(keySid.replace("ef34ab", "ef34ac"))).toBe(false);
  });

  it("asks for four digits before it looks among SIDs, since fewer are in nearly every one", () => {
    expect(queryOf("ab1").sid).toBeNull();
    expect(queryOf("ac").sid).toBeNull();
    expect(queryOf("ab12").sid).not.toBeNull();
  });

  it("knows a whole SID from a part", () => {
    expect(queryOf(keySid).whole).toBe(true);
    expect(queryOf(keySid.slice(0, 30)).whole).toBe(false);
    expect(queryOf("a".repeat(32)).whole).toBe(false);
  });

  it("says which SID it was: that of the account or of a key", () => {
    expect(matchedSid(acme, queryOf(keySid))).toBe(keySid);
    expect(matchedSid(acme, queryOf("ab12cd"))).toBe(accountSid);
    expect(matchedSid(acme, queryOf("acme"))).toBeNull();
    expect(soughtKey(acme, queryOf("ef34"))).toBe(keySid);
    expect(soughtKey(acme, queryOf(accountSid))).toBeNull();
  });
});

describe("typing on", () => {
  it("only looks among what was found, and finds the same as a search of everything", () => {
    const random = seeded(7);
    const entries = makeSubaccounts(400, Date.parse("2026-11-23"), { hostile: true, troubles: true }).map(
      (one) => new Entry(row(one.name, { sid: one.sid, keySids: one.keys.map((key) => key.sid) })),
    );
    const sources = entries.flatMap((entry) => [
      entry.row.name,
      entry.row.sid,
      ...entry.row.keySids,
      `${entry.row.sid.slice(0, 6)}…${entry.row.sid.slice(-4)}`,
    ]);
    let narrowed = 0;
    for (let round = 0; round < 300; round++) {
      const source = sources[Math.floor(random() * sources.length)] ?? "";
      const from = Math.floor(random() * source.length);
      let before = queryOf("");
      let found = entries;
      for (let end = from + 1; end <= Math.min(source.length, from + 12); end++) {
        const query = queryOf(source.slice(from, end));
        const everything = isEmpty(query) ? entries : entries.filter((entry) => matches(entry, query));
        if (narrows(before, query)) {
          narrowed += 1;
          found = found.filter((entry) => matches(entry, query));
          expect(found, source.slice(from, end)).toEqual(everything);
        }
        found = everything;
        before = query;
      }
    }
    expect(narrowed).toBeGreaterThan(500);
  });
});

describe("marking what was found", () => {
  it("cuts the name at the hit and loses nothing of it", () => {
    expect(markName("Acme Cold Storage", ["cold"])).toEqual([
      { text: "Acme ", hit: false },
      { text: "Cold", hit: true },
      { text: " Storage", hit: false },
    ]);
    expect(markName("Acme", ["acme"])).toEqual([{ text: "Acme", hit: true }]);
    expect(markName("Acme", [])).toEqual([{ text: "Acme", hit: false }]);
  });

  it("marks what was found by another writing", () => {
    const hit = (name: string, typed: string) =>
      markName(name, queryOf(typed).words)
        .filter((part) => part.hit)
        .map((part) => part.text);
    expect(hit("Bo Sørensen", "sorens")).toEqual(["Sørens"]);
    expect(hit("Große Straße 4", "strasse")).toEqual(["Straße"]);
    expect(hit("Cafe\u0301 Nord", "café")).toEqual(["Cafe\u0301"]);
    expect(hit("İstanbul", "istan")).toEqual(["İstan"]);
    expect(
      markName("Ærø Køl", queryOf("kol").words)
        .map((part) => part.text)
        .join(""),
    ).toBe("Ærø Køl");
  });
});

describe("order", () => {
  const names = (entries: Entry[]) => entries.map((entry) => entry.row.name);
  const spend = (amount: string) => ({ amount, currency: "USD" });

  it("is by name as people read it: numbers by value, case aside", () => {
    const entries = ["Site 10", "site 2", "Äpfel", "Zebra"].map((name, place) => new Entry(row(name, { sid: sid("AC", place) })));
    expect(names(sorted(entries, { column: "name", descending: false }))).toEqual(["Äpfel", "site 2", "Site 10", "Zebra"]);
  });

  it("has customer numbers by value, and those without one last either way", () => {
    const entries = ["10", "", "9", "A1"].map(
      (customerNumber, place) => new Entry(row(`no ${customerNumber}`, { sid: sid("AC", place), customerNumber })),
    );
    expect(names(sorted(entries, { column: "customerNumber", descending: false }))).toEqual(["no 9", "no 10", "no A1", "no "]);
    expect(names(sorted(entries, { column: "customerNumber", descending: true }))).toEqual(["no A1", "no 10", "no 9", "no "]);
  });

  it("puts names that differ in case or accents alone beside each other, always in one order", () => {
    const written = ["acme", "Acme", "ACME", "Äcme", "acmf", "Sørensen", "Sorensen", "Søren"];
    const entries = (turned: string[]) => turned.map((name, place) => new Entry(row(name, { sid: sid("AC", place) })));
    const once = names(sorted(entries(written), { column: "name", descending: false }));
    expect(names(sorted(entries([...written].reverse()), { column: "name", descending: false }))).toEqual(once);
    expect(once.indexOf("acmf")).toBe(4);
  });

  it("is by spend as money, with what is not known last in both directions", () => {
    const entries = [row("nine", { spend: spend("9.50") }), row("none"), row("ten", { spend: spend("10.25") })].map(
      (one) => new Entry(one),
    );
    expect(names(sorted(entries, { column: "spend", descending: true }))).toEqual(["ten", "nine", "none"]);
    expect(names(sorted(entries, { column: "spend", descending: false }))).toEqual(["nine", "ten", "none"]);
  });

  it("puts what needs a person first when it is by credentials", () => {
    const entries = [row("fine", { saved: 1 }), row("removed", { removed: 1 }), row("unfinished", { unfinished: 1 }), row("no key")].map(
      (one) => new Entry(one),
    );
    expect(names(sorted(entries, { column: "credentials", descending: false }))).toEqual(["unfinished", "removed", "fine", "no key"]);
  });

  it("never leaves two rows of one name to chance", () => {
    const twins = [row("Twin", { sid: sid("AC", 9) }), row("Twin", { sid: sid("AC", 3) })].map((one) => new Entry(one));
    const once = sorted(twins, { column: "status", descending: true }).map((entry) => entry.row.sid);
    const again = sorted([...twins].reverse(), { column: "status", descending: true }).map((entry) => entry.row.sid);
    expect(once).toEqual(again);
  });
});

describe("credentials", () => {
  it.each([
    [{ saved: 2 }, "2 keys, saved here"],
    [{ saved: 1, notHandedOver: 1 }, "1 not handed over"],
    [{ unsaved: 1 }, "1 key, made elsewhere"],
    [{ removed: 1, notHandedOver: 1 }, "Key removed at Twilio"],
    [{ removed: 1, saved: 1 }, "1 key, saved here"],
    [{ removed: 1, saved: 1, notHandedOver: 1 }, "1 not handed over"],
    [{ unfinished: 1, removed: 1 }, "Unfinished"],
    [{}, "No key yet"],
    [{ unsaved: null }, "Not read yet"],
    [
      {
        unsaved: null,
        notReadable: { spend: null, keys: { kind: "notFound" as const, status: 404, code: 20404, words: null }, keysWithoutSid: 0 },
      },
      "Can’t be read",
    ],
    [{ saved: 1, unsaved: 2 }, "3 keys, 1 saved here"],
    [{ unsaved: null, saved: 1 }, "1 key, saved here"],
  ])("%j is first of all: %s", (details, label) => expect(credentialsOf(row("x", details)).label).toBe(label));

  it.each([
    [{ saved: 3, notHandedOver: 1, unsaved: 2 }, "5 keys, 3 saved here"],
    [{ saved: 2, unfinished: 1 }, "2 keys, saved here"],
    [{ removed: 1, unsaved: 1 }, "1 key, made elsewhere"],
    [{ saved: 1, notHandedOver: 1, unsaved: null }, "1 key, saved here"],
    [{ saved: 1500, notHandedOver: 1, unsaved: 0 }, "1,500 keys, saved here"],
    [{ removed: 1 }, ""],
    [{ saved: 1, unsaved: 2 }, ""],
    [{ unsaved: 4 }, ""],
    [{}, ""],
    [{ unsaved: null }, ""],
  ])("%j says its keys beside what presses, and nothing twice: %s", (details, keys) => {
    expect(credentialsOf(row("x", details)).keys).toBe(keys);
  });
});

describe("needing attention", () => {
  it("is for anything that waits for a person", () => {
    for (const details of [{ unfinished: 1 }, { removed: 1 }, { notHandedOver: 1 }]) expect(needsAttention(row("x", details))).toBe(true);
    expect(needsAttention(row("x", { saved: 3, unsaved: 0 }))).toBe(false);
    expect(needsAttention(row("x", { unsaved: 2 }))).toBe(false);
    expect(needsAttention(row("x", { unsaved: null }))).toBe(false);
  });

  it("is not for keys of a subaccount that is closed or gone, unless a step is unfinished", () => {
    expect(needsAttention(row("x", { removed: 1, saved: 1 })), "another key has taken its place").toBe(false);
    expect(needsAttention(row("x", { status: "closed", removed: 1 }))).toBe(false);
    expect(needsAttention(row("x", { gone: true, removed: 1 }))).toBe(false);
    expect(needsAttention(row("x", { status: "closed", unfinished: 1 }))).toBe(true);
  });
});

describe("changed rows", () => {
  it("take the place of the old ones, and leave the others untouched", () => {
    const first = new Entry(row("A", { sid: sid("AC", 1) }));
    const second = new Entry(row("B", { sid: sid("AC", 2) }));
    const merged = withRows([first, second], [row("B2", { sid: sid("AC", 2) }), row("C", { sid: sid("AC", 3) })]);
    expect(merged.map((entry) => entry.row.name)).toEqual(["A", "B2", "C"]);
    expect(merged[0]).toBe(first);
  });
});
