/** Everything that the window says, in the language that is chosen. */
import { en } from "./en";
import { languages, type Language } from "./languages";
import { setStartWords } from "./start.svelte";
import type { Words } from "./words";

let current = $state.raw<Words>(en);

/** What is said at the moment. Read where it is shown, so that it follows the choice of a language. */
export function words(): Words {
  return current;
}

/** Has the whole window speak this language from now on. */
export async function speak(language: Language): Promise<void> {
  current = await languages[language]();
  setStartWords(current);
  document.documentElement.lang = language;
}
