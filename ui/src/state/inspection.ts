/** Allowing somebody to open the connection to Twilio on its way. */
import { backend } from "../backend";
import { asFailure, describe } from "../failures";
import { visibleText } from "../names";
import { words } from "../words";
import { app } from "./app.svelte";
import { notices } from "./notices.svelte";

/** Asks no further: the button says whom it allows. True where it is allowed now. */
export async function allowInspection(name: string | null): Promise<boolean> {
  if (name === null) return false;
  try {
    await backend.allowInspection(name);
    notices.show(words().connection.inspectionAllowed(visibleText(name)));
    return true;
  } catch (problem) {
    const failed = describe(asFailure(problem), app.keychainName);
    notices.show(words().failures.short(failed.title, failed.next), { tone: "warn" });
    return false;
  }
}
