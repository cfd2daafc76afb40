import { flushSync } from "svelte";
import { afterEach, describe as suite, expect, it } from "vitest";
import type { Plural } from "./plural";
import { en } from "./en";
import { languages, type Language } from "./languages";
import { marked } from "./marked";
import { setStartWords, startWords } from "./start.svelte";
import { speak, words } from ".";

suite("what stopped a backup", () => {
  it("is said in a sentence of its own, which says more than that it did not work", () => {
    const said = Object.values(en.backupTroubles);
    expect(new Set(said).size).toBe(said.length);
    for (const sentence of said) {
      expect(sentence).toMatch(/^[A-Z].+\.$/);
      expect(sentence).not.toMatch(/did not work|!|error/i);
    }
  });
});

suite("numbers and lists in a sentence", () => {
  const plurals = import.meta.glob<{ plural: Plural<Intl.LDMLPluralRule> }>("./*/plural.ts", { eager: true });

  it("have the plural forms that the Unicode CLDR has for the language, in each language", () => {
    expect(Object.keys(plurals)).toEqual(Object.keys(languages).map((language) => `./${language}/plural.ts`));
    for (const { plural } of Object.values(plurals)) {
      const { pluralCategories } = new Intl.PluralRules(plural.language).resolvedOptions();
      expect([...plural.categories].sort(), plural.language).toEqual([...pluralCategories].sort());
    }
  });

  it("take the plural but for one, with the number as the system writes it", () => {
    expect(en.measures.hours(1)).toBe("1 hour");
    expect(en.measures.hours(1200)).toBe("1,200 hours");
    expect(en.checkComputer.removed(2, "KWallet")).toContain("2 entries");
    expect(en.credentials.savedHere(0)).toBe("0 keys, saved here");
  });

  it("join several things as the language does, in one piece or in several", () => {
    expect(en.lists.plain(["a", "b", "c"])).toBe("a, b, c");
    expect(en.lists.and(["a", "b", "c"])).toBe("a, b and c");
    expect(en.lists.or(["a", "b"])).toBe("a or b");
    expect(en.lists.plainPieces(["a", "b"]).map(({ text, isThing }) => (isThing ? `[${text}]` : text))).toEqual(["[a]", ", ", "[b]"]);
  });

  it("name some keys, and say how many more there are", () => {
    const named = [
      { key: "Acme - DicksonOne", customer: "Acme" },
      { key: "Blue - DicksonOne", customer: "Blue" },
    ];
    expect(en.backup.notInIt({ named, more: 0 })).toContain("read: “Acme - DicksonOne” of Acme, “Blue - DicksonOne” of Blue. Restore");
    expect(en.backup.notInIt({ named, more: 3 })).toContain("“Blue - DicksonOne” of Blue and 3 more.");
    expect(en.backup.notInIt({ named: named.slice(0, 1), more: 0 })).toContain("as its secret could not be read");
  });
});

suite("a sentence with something in it that is more than text", () => {
  it("keeps its pieces in the order that the language gives them", () => {
    expect(marked`It is kept in ${"KWallet"} here.`).toEqual(["It is kept in ", "KWallet", " here."]);
    expect(marked`${"Acme"} is renamed`).toEqual(["Acme", " is renamed"]);
  });
});

suite("the language", () => {
  const all = languages as Record<string, () => Promise<typeof en>>;

  afterEach(() => {
    delete all.test;
    return speak("en");
  });

  it("changes while the window is open, in what is loaded first as in the rest", async () => {
    const seen: string[] = [];
    const stop = $effect.root(() => {
      $effect(() => void seen.push(`${words().backup.title}, ${startWords().rail.lockNow}`));
    });
    flushSync();
    all.test = async () => ({ ...en, backup: { ...en.backup, title: "Sicherungen" }, rail: { ...en.rail, lockNow: "Sperren" } });
    await speak("test" as Language);
    flushSync();
    expect(seen).toEqual(["Backups, Lock now", "Sicherungen, Sperren"]);
    expect(document.documentElement.lang).toBe("test");
    stop();
  });

  it("is English where nothing was chosen", () => {
    expect(words()).toBe(en);
    setStartWords(en);
    expect(startWords().rail).toBe(en.rail);
  });
});
