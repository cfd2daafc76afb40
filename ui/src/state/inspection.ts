/** Allowing somebody to open the connection to Twilio on its way. */
import { backend } from "../backend";
import { asFailure, describe } from "../failures";
import { visibleText } from "../names";
import { app } from "./app.svelte";
import { notices } from "./notices.svelte";

/** Asks no further: the button says whom it allows. True where it is allowed now. */
export async function allowInspection(name: string | null): Promise<boolean> {
  if (name === null) return false;
  try {
    await backend.allowInspection(name);
    notices.show(`${visibleText(name)} is allowed on this computer. You can try again now.`);
    return true;
  } catch (problem) {
    const words = describe(asFailure(problem), app.keychainName);
    notices.show(`${words.title}. ${words.next}`, { tone: "warn" });
    return false;
  }
}
