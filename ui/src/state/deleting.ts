/** Deleting an unfinished key at Twilio, after a question. */
import { backend } from "../backend";
import { shortSid } from "../names";
import { confirming } from "./confirming.svelte";
import { dialogs } from "./dialogs.svelte";
import { notices } from "./notices.svelte";

/** Asks, and deletes the key of an unfinished thing. `deleted` is called once it is gone. */
export function askToDeleteKey(thing: { id: number; keySid: string | null; customer: string }, deleted?: () => void): void {
  const key = thing.keySid === null ? "the key" : `the key ${shortSid(thing.keySid)}`;
  dialogs.ask({
    title: "Delete this key at Twilio",
    subject: thing.customer,
    text: [
      `Subvault deletes ${key} of this customer at Twilio, and its secret here. A key that is deleted works nowhere any more.`,
      "The subaccount and its other keys stay.",
    ],
    confirm: "Delete the key",
    cancel: "Keep it",
    danger: true,
    run: async () => {
      await confirming.first(() => backend.deleteUnfinishedKey(thing.id));
      deleted?.();
      notices.show("The key was deleted at Twilio.");
    },
  });
}
