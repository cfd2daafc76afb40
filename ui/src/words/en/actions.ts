/** The buttons beside a failure. */
import type { ActionName } from "../../failures/actionName";
import type { About } from "../failureSentence";

export const actions = {
  tryAgain: () => "Try again",
  correct: () => "Correct it",
  changeName: () => "Change the name",
  finish: ({ secretWaits }) => (secretWaits ? "Try again" : "Finish"),
  makeAnew: () => "Create it now",
  deleteKey: () => "Delete this key at Twilio",
  handOver: () => "Hand over…",
  showSecret: () => "Show the API Secret",
  newKey: () => "New API key…",
  connect: () => "Connect again",
  showAttention: () => "Show what needs attention",
  showList: () => "Show the list",
  openBackup: () => "Open Backup",
  openTwilioConsole: () => "Open the Twilio Console",
  openAuthTokenPage: () => "Open the Twilio Console",
  openTwilioStatus: () => "Open Twilio’s status page",
  openKeychain: ({ keychain }) => `Open ${keychain}`,
  tidyKeychain: () => "Remove what is not needed",
  checkComputer: () => "Check my computer",
  allowInspection: ({ subject }) => `Allow ${subject ?? "this"}`,
  quit: () => "Close Subvault",
  close: () => "Close",
} satisfies Record<ActionName, (about: About) => string>;
