import { describe, expect, it } from "vitest";
import cases from "./names.cases.json?raw";
import { folded, shortSid, tidiedName, tidiedWhileTyping, visibleName, visibleText } from "./names";

/** What `workflows::names` is tested with as well. */
const shared = JSON.parse(cases) as Record<"tidied" | "typing" | "folded", [string, string][]>;

describe("the rule for names that Rust has too", () => {
  it.each(shared.tidied)("keeps of %j %j", (typed, kept) => {
    expect(tidiedName(typed)).toBe(kept);
    expect(tidiedName(kept)).toBe(kept);
  });

  it.each(shared.typing)("lets %j stand as %j while more may come", (typed, kept) => expect(tidiedWhileTyping(typed)).toBe(kept));

  it.each(shared.folded)("compares %j as %j", (name, plain) => {
    expect(folded(name)).toBe(plain);
    expect(folded(plain)).toBe(plain);
  });

  it("takes out half of a character", () => {
    expect(tidiedWhileTyping("Kiosk \ud83d")).toBe("Kiosk ");
  });
});

describe("names", () => {
  it("show control characters instead of obeying them", () => {
    expect(visibleName("Tab\there\u0007bell")).toBe("Tab[U+0009]here[U+0007]bell");
  });

  it("show marks that would turn the direction of writing", () => {
    expect(visibleName("\u202Egnp.exe")).toBe("[U+202E]gnp.exe");
    expect(visibleName("a\u2066b\u2069c")).toBe("a[U+2066]b[U+2069]c");
  });

  it("show characters without width, so that two names that look alike can be told apart", () => {
    expect(visibleName("Zero\u200Bwidth")).toBe("Zero[U+200B]width");
    expect(visibleName("\uFEFFAcme")).toBe("[U+FEFF]Acme");
    expect(visibleName("Acme\u{E0041}")).toBe("Acme[U+E0041]");
    expect(visibleName("\u034F\u3164")).toBe("[U+034F][U+3164]");
    expect(visibleName("Acme\u2800Cold\u{e0101}")).toBe("Acme[U+2800]Cold[U+E0101]");
    expect(visibleName("Kiosk \ud83d")).toBe("Kiosk [U+D83D]");
  });

  it("leave emoji, accents and other scripts as they are", () => {
    for (const name of [
      "👩‍🔬 Lab 🧊",
      "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F} Highland Dairy",
      "Søn “Köl” A/S",
      "مختبر التبريد",
      "冷蔵",
    ])
      expect(visibleName(name)).toBe(name);
  });

  it("are never empty", () => {
    expect(visibleName("")).toBe("(no name)");
    expect(visibleName("   ")).toBe("(no name)");
    expect(visibleName("\u200D\uFE0F")).toBe("(no name)");
  });

  it("keep their markup as text", () => {
    expect(visibleText("<img src=x>")).toBe("<img src=x>");
  });
});

describe("a SID in the list", () => {
  it("keeps its beginning and its end", () => {
    expect(shortSid("AC5ef80000000000000000000000000e2b1")).toBe("AC5ef8…e2b1");
    expect(shortSid("AC5")).toBe("AC5");
  });
});
