/** Backups, the recovery passphrase, and putting back what is missing. */
import type { Snippet } from "svelte";
import type { BackupStep } from "../../state/steps";
import { marked } from "../marked";
import { numberOf, type NamedKeys } from "../namedKeys";
import { namedKeys } from "./namedKeys";
import { plural } from "./plural";

export const backup = {
  /** Before there is a passphrase. */
  setPassphrase: "Set a recovery passphrase",
  setPassphraseMeans:
    "It locks your backups, and it is the only way back to your secrets when this computer is lost. Nobody can look it up for you, so write it on the recovery sheet and keep that in a safe place.",
  setAndBackUp: "Set the passphrase and back up",
  goesTo: (folder: Snippet) => marked`Backups go to ${folder}, once a day. You can choose another folder afterwards.`,

  title: "Backups",
  last: (age: string) => `Last backup ${age}`,
  lastHolds: (last: Snippet, keys: number) =>
    plural(keys, (n) => ({
      one: marked`${last}, ${n} key. It was opened again and compared.`,
      other: marked`${last}, ${n} keys. It was opened again and compared.`,
    })),
  none: "There is no backup yet.",
  /** Keys whose secrets the last backup is without. */
  notInIt: (keys: NamedKeys) =>
    plural(numberOf(keys), () => ({
      one: `Not in it, as its secret could not be read: ${namedKeys(keys)}. Restore an older backup that has it, or make new API keys.`,
      other: `Not in it, as their secrets could not be read: ${namedKeys(keys)}. Restore an older backup that has them, or make new API keys.`,
    })),
  savedSince: (keys: NamedKeys) =>
    plural(numberOf(keys), () => ({
      one: `Saved since and not in it yet: ${namedKeys(keys)}. Back up now to keep it too.`,
      other: `Saved since and not in it yet: ${namedKeys(keys)}. Back up now to keep them too.`,
    })),
  withoutSome: (keys: number) =>
    plural(keys, (n) => ({
      one: "It is without the secrets of one saved key. Back up now to see which.",
      other: `It is without the secrets of ${n} saved keys. Back up now to see which.`,
    })),
  /** `trouble` is a sentence that says why. */
  failed: (trouble: string) => `The last try failed. ${trouble}`,
  file: "File",
  folder: "Folder",
  chooseFolder: "Choose another…",
  daily: "Back up each day by itself.",
  kept: "Kept are the backups of the last 14 days, the last of each of 8 weeks and of 12 months, and every one that alone holds a secret.",
  ejectFirst: "This folder does not say when a file has reached the disk: eject a stick before you take it out.",
  steps: {
    gather: "Collecting the keys",
    encrypt: "Locking the file with your passphrase",
    write: "Writing the file",
    compare: "Opening the file again and comparing",
  } satisfies Record<BackupStep, string>,
  backUpNow: "Back up now",
  bestFolder:
    "Best is a folder that is not on this computer alone: a stick, or one that your company keeps copies of. A backup holds all subaccounts, keys with their secrets, and the hand-over history. The Auth Token is not in it.",
  backedUp: "Backed up. The file was opened again and compared.",

  /** The recovery passphrase. */
  passphrase: "Recovery passphrase",
  passphraseIsSet: (keychain: string) =>
    `A recovery passphrase is set. Subvault keeps it locked with ${keychain}, so that daily backups need not ask for it.`,
  saveSheet: "Save the recovery sheet…",
  change: "Change…",
  changePassphrase: "Change the passphrase",
  ofOldPassphrase: (backups: number, folder: string) =>
    plural(backups, (n) => ({
      one: `${n} backup in ${folder} still opens with the passphrase before.`,
      other: `${n} backups in ${folder} still open with the passphrase before.`,
    })),
  ofOldPassphraseMeans:
    "Does somebody know it who should not? Then make a new backup, and delete the older ones: there, and wherever you keep copies. API keys that are in them are only safe again once new keys have taken their place.",
  sheetMeans: "The sheet says how to get everything back, also without Subvault. No secret is on it: write the passphrase on it by hand.",
  sheetSaved: (file: string) => `The recovery sheet is in ${file}. Print it from there.`,
  passphraseChanged: "The recovery passphrase was changed, and all that is kept on this computer was sealed anew.",
  passphraseChangedAndBackedUp:
    "The recovery passphrase was changed, and all that is kept on this computer was sealed anew. A backup was made with it.",

  /** Putting back what is missing. */
  putBackTitle: "Put back what is missing",
  putBackMeans: (keychain: string) => `For when ${keychain} was emptied, as after a reset of the computer’s password.`,
  putBack: "Put back",
  openPutBack: "Put back…",
  nothingMissing: "Nothing was missing.",
  wasPutBack: (secrets: number, keychain: string) =>
    plural(secrets, (n) => ({ one: `${n} secret put back into ${keychain}.`, other: `${n} secrets put back into ${keychain}.` })),
  sealedOnly: (secrets: number, keychain: string) =>
    plural(secrets, (n) => ({
      one: `${n} secret stay in sealed copies, because ${keychain} did not take them; they can be used all the same.`,
      other: `${n} secrets stay in sealed copies, because ${keychain} did not take them; they can be used all the same.`,
    })),
  notPutBack: (keys: NamedKeys) =>
    plural(numberOf(keys), () => ({
      one: `Not put back, as its secret could not be read: ${namedKeys(keys)}. Restore a backup to get them.`,
      other: `Not put back, as their secrets could not be read: ${namedKeys(keys)}. Restore a backup to get them.`,
    })),

  /** Restoring. */
  restoreTitle: "Restore a backup",
  restoreMeans: "What is in the backup comes beside what is here. Nothing newer is overwritten.",
  restore: "Restore a backup…",
};
