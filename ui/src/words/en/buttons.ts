/** Buttons that stand in several places. What nobody sees, such as `what`, tells those who do not see what stands beside the button. */
import type { Snippet } from "svelte";
import { marked } from "../marked";

export const buttons = {
  back: "Back",
  cancel: "Cancel",
  close: "Close",
  copied: "Copied",
  copy: "Copy",
  dismiss: "Dismiss",
  handOver: "Hand over…",
  later: "Later",
  newKey: "New API key…",
  setUp: "Set it up…",
  show: "Show",
  stop: "Stop",
  tryAgain: "Try again",
  understood: "Understood",

  copyWhat: (copy: Snippet, what: Snippet) => marked`${copy} ${what}`,
  hideWhat: (what: Snippet) => marked`Hide ${what}`,
  openWhat: (what: Snippet) => marked`Open ${what}`,
  showWhat: (what: Snippet) => marked`Show ${what}`,
};
