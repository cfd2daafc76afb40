import { Linter } from "eslint";
import svelte from "eslint-plugin-svelte";
import ts from "typescript-eslint";
import { describe, expect, it } from "vitest";
import words from "../../eslint.words.js";

const config = [
  ...svelte.configs.base,
  { files: ["**/*.ts"], languageOptions: { parser: ts.parser } },
  { files: ["**/*.svelte", "**/*.ts"], plugins: { words }, rules: { "words/no-sentence": "error" } },
] as Linter.Config[];

/** What the rule finds in a file. */
function found(code: string, filename = "Part.svelte"): string[] {
  return new Linter().verify(code, config, filename).map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

describe("the rule that sentences stand in the catalogue", () => {
  it.each([
    "<p>Nothing yet</p>",
    "<p>{count} of them</p>",
    "<span>or</span>",
    '<button aria-label="close"></button>',
    '<input placeholder="AC…" />',
    '<p title="Read {age}">{text}</p>',
    '<Empty title="Nothing found" />',
    '<Part confirm="Set the passphrase" />',
    '<p>{shown ? "Hide" : "Show"}</p>',
    "<p>{`${count} keys found`}</p>",
  ])("finds what is read in the markup %s", (code) => {
    const messages = found(code);
    expect(messages).not.toEqual([]);
    for (const message of messages) expect(message).toMatch(/^words\/no-sentence: .*src\/words/);
  });

  it.each([
    'notices.show("The file was deleted.");',
    'dialogs.ask({ title: "Disconnect from" });',
    'const label = failed ? "Again…" : text;',
    "notices.show(`${title}. Try again.`);",
  ])("finds what is shown by the code %s", (code) => {
    expect(found(code, "state.ts")).toHaveLength(1);
  });

  it.each([
    '<p class="muted row">{words().list.title}</p>',
    '<span aria-hidden="true">••••</span>',
    "<p>{text} · {more}</p>",
    '<input type="checkbox" autocomplete="off" aria-describedby="one two" />',
    "<style>.a { color: red; }</style>",
  ])("leaves alone what nobody reads in the markup %s", (code) => {
    expect(found(code)).toEqual([]);
  });

  it.each([
    'import { en } from "./en";',
    'if (event.key === "Enter") go();',
    'throw new Error("the page has no element");',
    'document.querySelector("dialog[open] .Part a");',
    'type Way = "Left" | "Right";',
    'const state = { kind: "newSubaccount" };',
  ])("leaves alone what is for the program in the code %s", (code) => {
    expect(found(code, "state.ts")).toEqual([]);
  });
});
