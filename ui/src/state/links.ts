/** Pages and programs outside this one. */
import { backend } from "../backend";
import { asFailure, describe } from "../failures";
import type { LinkName } from "../wire";
import { app } from "./app.svelte";
import { notices } from "./notices.svelte";

/** Opens one; where nothing opens, it is said, with another try. */
export async function open(link: LinkName): Promise<void> {
  try {
    await backend.openLink(link);
  } catch (problem) {
    const words = describe(asFailure(problem), app.keychainName);
    notices.show(`${words.title}. ${words.next}`, { tone: "warn", action: { label: "Try again", run: () => void open(link) } });
  }
}
