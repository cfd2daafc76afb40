/** Something that was begun and has not ended. */
import type { Snippet } from "svelte";
import { marked } from "../marked";

export const unfinished = {
  label: "Unfinished",
  key: (name: Snippet) => marked`API key ${name}`,
  subaccount: (name: Snippet) => marked`New subaccount ${name}`,
  beingMade: "Being made",
  begun: (age: string) => `Begun ${age}.`,
  keySid: (sid: Snippet) => marked`API SID ${sid}`,
  running: "Subvault is at it right now",
  finish: "Finish",
  deleteKey: "Delete this key at Twilio",

  /** Asked before its key is deleted. */
  deleting: {
    title: "Delete this key at Twilio",
    key: "Subvault deletes the key of this customer at Twilio, and its secret here. A key that is deleted works nowhere any more.",
    keyOf: (sid: string) =>
      `Subvault deletes the key ${sid} of this customer at Twilio, and its secret here. A key that is deleted works nowhere any more.`,
    othersStay: "The subaccount and its other keys stay.",
    confirm: "Delete the key",
    cancel: "Keep it",
  },
  deleted: "The key was deleted at Twilio.",
};
