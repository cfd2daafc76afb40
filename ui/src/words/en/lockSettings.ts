/** Settings of the lock and the clipboard. */
import type { SystemQuestion } from "../../wire";
import { lists } from "./lists";
import { lockNotice } from "./lockNotice";
import { plural } from "./plural";

/** What unlocks, in the middle of a sentence. */
function waysOf(system: SystemQuestion | null, passphrase: boolean): string {
  const ways = [system === null ? [] : [lockNotice.systemNames[system]], passphrase ? ["your recovery passphrase"] : []];
  return lists.or(ways.flat());
}

export const lockSettings = {
  title: "Lock and clipboard",
  doesNotLock: "Subvault does not lock yet.",
  doesNotLockMeans: "There is no way to unlock it again on this computer. Set a recovery passphrase, and it locks by itself.",
  setPassphrase: "Set a recovery passphrase…",
  alsoUnlockWith: (system: SystemQuestion) => `Also unlock with ${lockNotice.systemNames[system]}…`,
  locks: (system: SystemQuestion | null, passphrase: boolean) =>
    `Subvault locks by itself, and at once when the computer sleeps, its screen is locked or somebody else signs in. It unlocks with ${waysOf(system, passphrase)}. Before a secret is shown or copied, or a key is deleted, it asks again.`,
  noPassphrase: (system: SystemQuestion | null) =>
    `No recovery passphrase is set. Where ${waysOf(system, false)} does not answer, only the Auth Token of your Twilio account unlocks.`,
  lockAfter: "Lock when nobody does anything for",
  minutes: (number: number) => plural(number, (n) => ({ one: `${n} minute`, other: `${n} minutes` })),
  clearAfter: "Take a copied secret off the clipboard after",
  seconds: (number: number) => plural(number, (n) => ({ one: `${n} seconds`, other: `${n} seconds` })),
  clearMeans: "Also when Subvault locks or is closed. What you have copied elsewhere since then is left alone.",
  lockNow: "Lock now",
};
