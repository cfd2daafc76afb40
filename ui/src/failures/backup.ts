import type { Sentences } from "./sentence";

export const backup = {
  passphraseEmpty: () => ({
    title: "Type the passphrase",
    happened: "The box for the passphrase is empty.",
    next: "Type it, then go on.",
    action: "correct",
  }),
  passphraseUntypable: () => ({
    title: "This passphrase cannot be used",
    happened: "It is too long, or it has a character in it that other programs cannot take.",
    next: "Use letters, digits, spaces and signs, up to 500 characters.",
    action: "correct",
  }),
  passphraseWeak: () => ({
    title: "This passphrase is too easy to guess",
    happened: "Whoever finds a backup could try millions of passphrases. This one would not hold.",
    next: "Use four or more words that do not belong together.",
    action: "correct",
  }),
  passphraseWrong: () => ({
    title: "That is not the passphrase",
    happened: "The recovery passphrase is another one.",
    next: "Check capital letters and spaces, and look at your recovery sheet.",
    action: "correct",
  }),
  passphraseNotSet: () => ({
    title: "There is no recovery passphrase yet",
    happened: "Backups are locked with the recovery passphrase, and none has been set.",
    next: "Set one, then try again.",
    action: "correct",
  }),
  passphraseOutdated: ({ keychain }) => ({
    title: "The recovery passphrase is needed once more",
    happened: `${keychain} lost the key that keeps the passphrase ready for daily backups.`,
    next: "Type the passphrase under Backup, in “Put back what is missing”.",
    action: "correct",
  }),
  passphraseDamaged: () => ({
    title: "The recovery passphrase has to be set again",
    happened: "What Subvault keeps of it on this computer is damaged. Your secrets are where they were.",
    next: "Restore your newest backup, or connect again and set a new passphrase.",
    action: "correct",
  }),
  backupFolderNotChosen: () => ({
    title: "There is no folder for backups yet",
    happened: "Subvault does not know where backups should go.",
    next: "Choose a folder, then try again.",
    action: "correct",
  }),
  backupFolderMissing: () => ({
    title: "The folder is not there",
    happened: "A stick may have been taken out, or the folder was moved or renamed. Earlier backups were not touched.",
    next: "Put the stick back in or choose another folder, then try again.",
    action: "tryAgain",
  }),
  backupFolderUnwritable: () => ({
    title: "Subvault may not write there",
    happened: "The folder or the stick does not take new files. It may be locked against writing.",
    next: "Choose another folder, or allow writing there, then try again.",
    action: "tryAgain",
  }),
  backupDiskFull: () => ({
    title: "There is no room for the file",
    happened: "The disk or the stick is full. Earlier backups were not touched.",
    next: "Make room or choose another folder, then try again.",
    action: "tryAgain",
  }),
  backupNotTheSame: () => ({
    title: "The file was not written correctly",
    happened: "Subvault opened it again, and it did not hold what was written. It was removed. Earlier backups were not touched.",
    next: "Choose another folder or another stick: this one may be failing.",
    action: "tryAgain",
  }),
  backupStopped: () => ({
    title: "The backup was stopped",
    happened: "No new backup was made. Earlier backups were not touched.",
    next: "Start it again when it suits you.",
    action: "tryAgain",
  }),
  backupUnreadable: () => ({
    title: "The file could not be read",
    happened: "It may have been moved, or the stick was taken out. Nothing was changed on this computer.",
    next: "Choose the file again.",
    action: "correct",
  }),
  notABackup: () => ({
    title: "This file is not a backup of Subvault",
    happened: "It is another kind of file. Nothing was changed on this computer.",
    next: "Choose a file whose name begins with “Subvault-backup” and ends in “.age”.",
    action: "correct",
  }),
  backupNotOpened: () => ({
    title: "The passphrase does not open this backup",
    happened: "It may be mistyped, or the file is damaged at its beginning. Nothing was changed on this computer.",
    next: "Check capital letters and spaces, and look at your recovery sheet. If you are sure of it, choose an older backup.",
    action: "correct",
  }),
  backupDamaged: () => ({
    title: "The backup is damaged",
    happened: "The passphrase is right, but the file was changed or cut off. Nothing was changed on this computer.",
    next: "Choose an older backup.",
    action: "correct",
  }),
  backupNewer: () => ({
    title: "The backup is from a newer Subvault",
    happened: "This version would not understand it. Nothing was changed on this computer.",
    next: "Install the newest Subvault, then restore the backup.",
    action: "close",
  }),
  exportLooksLikeAFormula: () => ({
    title: "This kind of file cannot hold one of the keys",
    happened: "A spreadsheet would take one of the secrets for a formula. Nothing was written.",
    next: "Choose another kind of file.",
    action: "correct",
  }),
} satisfies Partial<Sentences<string>>;
