/** Sentences with something in them that is more than text, such as a name in bold type or a link: where it stands is up to the language. */
import type { Snippet } from "svelte";

/** The pieces of such a sentence in their order; `Sentence.svelte` draws them. */
export type Marked = readonly (string | Snippet)[];

/** Takes a sentence apart: `marked`It is kept in ${keychain} on this computer.``. */
export function marked(texts: TemplateStringsArray, ...inserted: readonly (string | Snippet)[]): Marked {
  return texts.flatMap((text, place) => {
    const piece = inserted[place];
    return [text, piece ?? ""].filter((one) => one !== "");
  });
}
