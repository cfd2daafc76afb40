/** Pages and programs outside this one. */
import { backend } from "../backend";
import { asFailure, describe } from "../failures";
import type { LinkName } from "../wire";
import { words } from "../words";
import { app } from "./app.svelte";
import { notices } from "./notices.svelte";

/** Opens one; where nothing opens, it is said, with another try. */
export async function open(link: LinkName): Promise<void> {
  try {
    await backend.openLink(link);
  } catch (problem) {
    const failed = describe(asFailure(problem), app.keychainName);
    notices.show(words().failures.short(failed.title, failed.next), {
      tone: "warn",
      action: { label: words().buttons.tryAgain, run: () => void open(link) },
    });
  }
}
