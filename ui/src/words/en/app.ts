/** The window as a whole. */
import type { Snippet } from "svelte";
import { marked } from "../marked";

export const app = {
  opening: "Opening Subvault",
  couldNotStart: "Subvault could not start",
  openingPractice: "Opening practice mode",
  leavingPractice: "Leaving practice mode",

  /** The band of practice mode. */
  practiceMode: "Practice mode",
  practiceModeIsOn: "Practice mode.",
  practiceModeMeans: "This is a made-up Twilio. Nothing here is real, and your own account is not touched.",
  leavePractice: "Leave practice",

  /** Where the name of the system's keychain is not known yet, in the middle of a sentence. */
  keychain: "the keychain",
  waitingForKeychain: (keychain: string) => `Waiting for ${keychain}.`,
  lookForPasswordBox: "Look for a password box behind this window.",
  stopWaiting: "Stop waiting",

  /** In place of a name that shows nothing. */
  noName: "(no name)",

  /** Asked before the window is closed while something is unfinished. */
  closing: {
    title: "Not everything is safe yet",
    text: "If you close Subvault now, these are left unfinished. Subvault goes on with them at its next start, as far as it can.",
    confirm: "Close anyway",
    cancel: "Keep open",
  },
  closingItem: {
    key: (name: Snippet) => marked`API key ${name}`,
    subaccount: (name: Snippet) => marked`Subaccount ${name}`,
  },
};
