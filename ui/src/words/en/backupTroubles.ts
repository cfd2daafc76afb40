/** What stopped a backup, a sentence each. */
import type { BackupTrouble } from "../../wire";

export const backupTroubles = {
  folderMissing: "The folder was not there.",
  noAccess: "The folder could not be written to.",
  folderIsAFile: "A file is in the place of the folder.",
  readOnlyDisk: "The disk can only be read.",
  pathTooLong: "The path of the folder is too long.",
  notReadable: "The folder takes files, but Subvault may not read them there, so the backup could not be compared.",
  leftBehind: "The folder takes files, but Subvault may neither read nor remove them there.",
  diskFull: "There was no room left.",
  folderFails: "The disk or stick stopped in the middle. It may be failing.",
  notTheSame: "The file did not read back as it was written.",
  tooLarge: "It was too large for one file.",
  keychainSilent: "The keychain did not answer.",
  keychainLocked: "The keychain was locked.",
  keychainRefused: "The keychain did not let Subvault read it.",
  keychainBroken: "The keychain has a problem of its own.",
  sealingKey: "The keychain no longer has the key to the sealed copies. Put back what is missing.",
  passphrase: "The recovery passphrase is needed once more.",
  records: "Subvault’s records could not be read.",
  internal: "Something in Subvault went wrong. Back up by hand to see more.",
} satisfies Record<BackupTrouble, string>;
