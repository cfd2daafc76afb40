/**
 * What the first picture of the window says, in the language that is chosen. Whatever is loaded with the start has its words from here:
 * the other ones come later, with the screens that say them.
 */
import { start } from "./en/start";

/** What every language says for the first picture. English has it first; a language that lacks a sentence does not compile. */
export type StartWords = typeof start;

let current = $state.raw<StartWords>(start);

/** What is said at the moment. Read where it is shown, so that it follows the choice of a language. */
export function startWords(): StartWords {
  return current;
}

/** Has the first picture speak another language; `speak` does it for everything. */
export function setStartWords(words: StartWords): void {
  current = words;
}
