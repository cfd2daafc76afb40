/** Which file of the page imports which. */
import { describe as suite, expect, it } from "vitest";

const sources = import.meta.glob<string>(["./**/*.ts", "./**/*.svelte", "!./**/*.test.ts", "!./test-*.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});

/** The file that an import names, as `./state/app.svelte.ts`; none for a package. */
function fileOf(importer: string, named: string): string | undefined {
  if (!named.startsWith(".")) return undefined;
  const { pathname } = new URL(named, new URL(importer, "file:///page/"));
  const path = pathname.replace(/^\/page\//, "./");
  return [path, `${path}.ts`, `${path}/index.ts`].find((one) => Object.hasOwn(sources, one));
}

/** Types too: who reads a file has to read what its types are from. */
const imports = new Map(
  Object.entries(sources).map(([file, source]) => {
    const named = [...source.matchAll(/\b(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1] ?? "");
    return [file, [...new Set(named.flatMap((name) => fileOf(file, name) ?? []))]];
  }),
);

/** The first way found that leads from a file back to itself. */
function circle(): string[] | null {
  const done = new Set<string>();
  const from = (file: string, way: readonly string[]): string[] | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const next of imports.get(file) ?? []) {
      const found = from(next, [...way, file]);
      if (found !== null) return found;
    }
    done.add(file);
    return null;
  };
  for (const file of imports.keys()) {
    const found = from(file, []);
    if (found !== null) return found;
  }
  return null;
}

suite("the files of the page", () => {
  it("are all seen, with what they import", () => {
    expect(imports.size).toBeGreaterThan(100);
    expect(imports.get("./main.ts")).toContain("./App.svelte");
    expect(imports.get("./lazyParts.svelte.ts")).toEqual(["./lazyComponents.ts"]);
  });

  it("import each other in no circle", () => {
    expect(circle()).toBe(null);
  });

  it("know nothing of what is drawn where they keep what is known", () => {
    const drawn = [...imports]
      .filter(([file]) => file.startsWith("./state/"))
      .flatMap(([, named]) => named.filter((name) => name.endsWith(".svelte")));
    expect(drawn).toEqual([]);
  });
});

suite("what is loaded before the first picture", () => {
  /** The files that come with a file, without those that it only loads later or takes types from. */
  function loadedWith(file: string): Set<string> {
    const loaded = new Set<string>();
    const load = (one: string): void => {
      if (loaded.has(one)) return;
      loaded.add(one);
      const source = sources[one] ?? "";
      for (const [, named = ""] of source.matchAll(/^\s*(?:import(?! type\b)|export(?! type\b))[^;]*?\bfrom\s+"([^"]+)"/gm)) {
        const next = fileOf(one, named);
        if (next !== undefined) load(next);
      }
    };
    load(file);
    return loaded;
  }

  it("has its words, and none of those that come later", () => {
    const loaded = loadedWith("./main.ts");
    expect([...loaded]).toEqual(expect.arrayContaining(["./screens/Subaccounts.svelte", "./words/en/start.ts", "./words/en/list.ts"]));
    const later = [...loadedWith("./words/index.ts")].filter((file) => !loadedWith("./words/start.svelte.ts").has(file));
    expect(later).toContain("./words/en/failures/index.ts");
    // What both need to count and to list is no sentence.
    expect(later.filter((file) => loaded.has(file))).toEqual([]);
  });
});
