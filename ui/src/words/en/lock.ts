/** The locked window, and asking once more who is there. */
import type { Snippet } from "svelte";
import type { SystemQuestion } from "../../wire";
import { marked } from "../marked";
import { lockNotice } from "./lockNotice";

export const lock = {
  title: "Subvault is locked",
  practiceWaits: "Practice mode waits behind the lock.",
  unlockToGoOn: "What it holds is where it was. Unlock it to go on.",
  looking: "Looking for the ways to unlock",
  formLabel: "Unlock",
  noWay: "There is no way to unlock at the moment",
  noWayMeans: "No recovery passphrase is set, and this computer’s own way to ask who is there does not answer.",
  noWayNext: "Sign in to the computer as you usually do, with its sign-in settings as they were, then try again.",

  forgotten: "Forgot the passphrase?",
  cannotUnlock: "Cannot unlock?",
  nobodyKnowsIt: "Nobody can look up a recovery passphrase, and nobody can send you a new one.",
  systemDoesNotAnswer: (system: SystemQuestion) =>
    `If ${lockNotice.systemNames[system]} does not answer, sign in to the computer as you usually do and try again.`,
  tokenUnlocks:
    "The Auth Token of your Twilio account always unlocks, since no recovery passphrase does. Set one afterwards, under Backup.",
  nothingIsLost: (keychain: string, name: string) =>
    `Nothing is lost at Twilio. Your secrets are in ${keychain} on this computer, under the name ${name}.`,
  readableThere: "You can read them there with your sign-in to this computer.",
  startAnew: (folder: Snippet) =>
    marked`To start anew: close Subvault, rename the folder ${folder}, open Subvault and connect again. Keys whose secret you cannot find can be replaced by new ones. Sealed copies and backups need the passphrase.`,
  readsNothing: "While it is locked, Subvault reads and refreshes nothing.",
  closeSubvault: "Close Subvault",

  /** Asking again while it is open. */
  confirmTitle: "Confirm that it is you",
  confirmMeans:
    "It was not confirmed in the last two minutes that it is you. Subvault asks before a secret is shown, copied or saved, a key deleted, a backup restored, or the recovery passphrase or the account changed.",
  oneMoment: "One moment",

  /** The ways: to unlock, or to confirm while it is open. */
  system: {
    unlock: {
      windowsHello: "Unlock with Windows Hello",
      mac: "Unlock with Touch ID or your Mac’s password",
      computerPassword: "Unlock with this computer’s password",
    },
    confirm: {
      windowsHello: "Confirm with Windows Hello",
      mac: "Confirm with Touch ID or your Mac’s password",
      computerPassword: "Confirm with this computer’s password",
    },
  } satisfies Record<"unlock" | "confirm", Record<SystemQuestion, string>>,
  submit: { unlock: "Unlock", confirm: "Confirm" },
  submitToken: { unlock: "Unlock with the Auth Token", confirm: "Confirm with the Auth Token" },
  tokenInstead: {
    unlock: "Unlock with your Twilio account’s Auth Token instead",
    confirm: "Confirm with your Twilio account’s Auth Token instead",
  },
  or: "or",
  passphrase: "Recovery passphrase",
  /** After Show or Hide. */
  thePassphrase: "the passphrase",
  checking: "Checking",
  token: "Auth Token of your Twilio account",
  tokenMeans:
    "Of the account that Subvault was connected to last. It is on the first page of the Twilio Console, under Account Info. Subvault asks Twilio whether it is right, so this needs the internet.",
  askingTwilio: "Asking Twilio",
  tooManyWrong: "Too many tries were wrong.",
  againSoon: "You can try again soon.",
  againIn: (seconds: number) => `You can try again in ${seconds} s.`,
};
