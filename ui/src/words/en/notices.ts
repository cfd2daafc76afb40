/** Short messages at the edge of the window that may come at any time. `name` is a customer's or an account's. */
import type { Snippet } from "svelte";
import { marked } from "../marked";

export const notices = {
  tooLateToCancel: (name: Snippet) => marked`It was too late to cancel. Connected to ${name}`,
  choiceNotKept: "This choice could not be kept. It holds until Subvault is closed.",
  stillCreating: "Subvault is still creating something. Wait until that has ended.",
  keyIsReady: (name: Snippet) => marked`The key is ready for ${name}`,
  notFinished: (name: Snippet) => marked`Not finished: ${name}`,
  keptUnderAttention: "This is kept under Needs attention.",
};
