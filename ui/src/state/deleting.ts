/** Deleting an unfinished key at Twilio, after a question. */
import { backend } from "../backend";
import { shortSid } from "../names";
import { words } from "../words";
import { confirming } from "./confirming.svelte";
import { dialogs } from "./dialogs.svelte";
import { notices } from "./notices.svelte";

/** Asks, and deletes the key of an unfinished thing. `deleted` is called once it is gone. */
export function askToDeleteKey(thing: { id: number; keySid: string | null; customer: string }, deleted?: () => void): void {
  const said = words().unfinished.deleting;
  dialogs.ask({
    title: said.title,
    subject: thing.customer,
    text: [thing.keySid === null ? said.key : said.keyOf(shortSid(thing.keySid)), said.othersStay],
    confirm: said.confirm,
    cancel: said.cancel,
    danger: true,
    run: async () => {
      await confirming.first(() => backend.deleteUnfinishedKey(thing.id));
      deleted?.();
      notices.show(words().unfinished.deleted);
    },
  });
}
