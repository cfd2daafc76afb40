/** What is said of backups over every screen. */
import type { Snippet } from "svelte";
import { marked } from "../marked";
import { numberOf, type NamedKeys } from "../namedKeys";
import { namedKeys } from "./namedKeys";
import { plural } from "./plural";

export const backupNotice = {
  /** Restored keys are put in their places. */
  keeping: (keychain: string, progress: Snippet) => marked`Putting the restored keys into ${keychain}${progress}. You can go on working.`,
  proving: (progress: Snippet) => marked`Proving the restored keys at Twilio${progress}. You can go on working.`,
  /** Stands in the two above, and is not read out. */
  progress: (done: number, total: number) => `: ${done} of ${total}`,
  /** All of them are there. */
  waiting: (keys: number) =>
    plural(keys, (n) => ({
      one: `The keys are restored. ${n} key could not be proved at Twilio yet; Subvault tries again by itself when it is online.`,
      other: `The keys are restored. ${n} keys could not be proved at Twilio yet; Subvault tries again by itself when it is online.`,
    })),
  refused: (keys: number) =>
    plural(keys, (n) => ({
      one: "The keys are restored. One of them no longer works at Twilio.",
      other: `The keys are restored. ${n} of them no longer work at Twilio.`,
    })),
  proved: "The keys are restored, and each was proved at Twilio.",
  sealedOnly: (secrets: number, keychain: string) =>
    plural(secrets, (n) => ({
      one: `${keychain} did not take ${n} secret; they stay in sealed copies and can be used all the same.`,
      other: `${keychain} did not take ${n} secrets; they stay in sealed copies and can be used all the same.`,
    })),

  /** No recovery passphrase is set. */
  offer: (keys: number) =>
    plural(keys, () => ({
      one: "The secret of your key is on this computer only.",
      other: "The secrets of your keys are on this computer only.",
    })),
  offerMeans: (keys: number) =>
    plural(keys, () => ({
      one: "A recovery passphrase and a backup keep it safe if it breaks.",
      other: "A recovery passphrase and a backup keep them safe if it breaks.",
    })),
  doesNotLock: "Until one is set, Subvault does not lock.",

  readableFile: "A file with readable secrets is still on this computer.",
  outdated: "Daily backups have stopped: the recovery passphrase is needed once more.",
  /** `trouble` is a sentence that says why. */
  failed: (trouble: string) => `The last backup failed. ${trouble}`,
  lacking: (keys: NamedKeys) =>
    plural(numberOf(keys), () => ({
      one: `The last backup is without some secrets. Not in it, as its secret could not be read: ${namedKeys(keys)}.`,
      other: `The last backup is without some secrets. Not in it, as their secrets could not be read: ${namedKeys(keys)}.`,
    })),
  none: "There is no backup yet.",
  old: "The last backup is more than three days old.",

  showFile: "Show it…",
  openBackup: "Open Backup…",
};
