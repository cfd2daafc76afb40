import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import words from "./eslint.words.js";
import svelteConfig from "./svelte.config.js";

export default ts.config(
  // bindings.ts is generated; a test in Rust keeps it true.
  { ignores: ["dist", "dist-fake", "test-results", "playwright-report", "src/bindings.ts"] },
  js.configs.recommended,
  ts.configs.strict,
  svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      // TypeScript knows the names that there are.
      "no-undef": "off",
      // Names are tidied and searched by lists of characters that are invisible or combine.
      "no-control-regex": "off",
      "no-misleading-character-class": "off",
      // `??=` is not seen as a use.
      "no-unused-private-class-members": "off",
      "@typescript-eslint/no-invalid-void-type": "off",
      // A space before an inline element is written `{" "}`, or a formatter takes it away.
      "svelte/no-useless-mustaches": "off",
      // A set that is made and thrown away in one function is none of the page's state.
      "svelte/prefer-svelte-reactivity": "off",
    },
  },
  {
    files: ["**/*.svelte"],
    // What a derived value remembers of the one before it is read the next time.
    rules: { "no-useless-assignment": "off" },
  },
  {
    files: ["src/parts/DataGrid.svelte", "src/parts/SubaccountGrid.svelte"],
    // The drawn rows stay the same elements, and only their content changes.
    rules: { "svelte/require-each-key": "off" },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig } },
  },
  {
    files: ["src/**/*.ts", "src/**/*.svelte"],
    // The catalogues themselves, what the made-up Rust side says, and tests.
    ignores: ["src/words/**", "src/fake/**", "src/**/*.test.ts", "src/test-*.ts"],
    plugins: { words },
    rules: { "words/no-sentence": "error" },
  },
);
