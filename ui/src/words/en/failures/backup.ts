import type { FailureKind } from "../../../wire";
import type { FailureSentences } from "../../failureSentence";

export const backup = {
  passphraseEmpty: () => ({
    title: "Type the passphrase",
    happened: "The box for the passphrase is empty.",
    next: "Type it, then go on.",
  }),
  passphraseUntypable: () => ({
    title: "This passphrase cannot be used",
    happened: "It is too long, or it has a character in it that other programs cannot take.",
    next: "Use letters, digits, spaces and signs, up to 500 characters.",
  }),
  passphraseSpaceAtEnd: () => ({
    title: "There is a space at an end",
    happened: "The passphrase begins or ends with a space. Nobody sees it on paper, and other programs count it.",
    next: "Take the space out, then go on. Spaces between words are fine.",
  }),
  passphraseInvisible: () => ({
    title: "Something in it cannot be seen",
    happened: "A hidden character came along with the passphrase. It may have been pasted from a web page or a letter.",
    next: "Type the passphrase by hand.",
  }),
  passphraseNeedsMemory: () => ({
    title: "Too little memory is free",
    happened: "To check the passphrase takes 256 MB of memory for a second. This computer has less to spare right now.",
    next: "Close other programs, then try again.",
  }),
  passphraseWeak: () => ({
    title: "This passphrase is too easy to guess",
    happened: "Whoever finds a backup could try millions of passphrases. This one would not hold.",
    next: "Use four or more words that do not belong together.",
  }),
  passphraseWrong: () => ({
    title: "That is not the passphrase",
    happened: "The recovery passphrase is another one.",
    next: "Check capital letters and spaces, and look at your recovery sheet.",
  }),
  passphraseNotSet: () => ({
    title: "There is no recovery passphrase yet",
    happened: "Backups are locked with the recovery passphrase, and none has been set.",
    next: "Set one, then try again.",
  }),
  passphraseOutdated: ({ keychain }) => ({
    title: "The recovery passphrase is needed once more",
    happened: `${keychain} lost the key that keeps the passphrase ready for daily backups.`,
    next: "Type the passphrase under Backup, in “Put back what is missing”.",
  }),
  passphraseDamaged: () => ({
    title: "The recovery passphrase has to be set again",
    happened: "What Subvault keeps of it on this computer is damaged. Your secrets are where they were.",
    next: "Restore your newest backup, or connect again and set a new passphrase.",
  }),
  sealingKeyMissing: ({ keychain }) => ({
    title: "The key to the sealed copies is missing",
    happened: `${keychain} no longer has the key that opens the sealed copies on this computer. It may have been emptied.`,
    next: "Under Backup, put back what is missing with your recovery passphrase, or restore a backup. If none was ever set, make new API keys.",
  }),
  sealingKeyChanged: ({ keychain }) => ({
    title: "The key to the sealed copies was changed",
    happened: `What ${keychain} holds in its place is not what Subvault saved. Another program may have changed it.`,
    next: `Open ${keychain} and remove Subvault’s entry “Sealing key”. Then put back what is missing under Backup.`,
  }),
  sealedCopyDamaged: ({ keychain }) => ({
    title: "The sealed copy of this secret is damaged",
    happened: `${keychain} has no entry for this key, and the sealed copy on this computer does not open.`,
    next: "Restore a backup that has this key. If there is none, make a new API key and hand that over.",
  }),
  backupFolderNotChosen: () => ({
    title: "There is no folder for backups yet",
    happened: "Subvault does not know where backups should go.",
    next: "Choose a folder, then try again.",
  }),
  backupFolderMissing: () => ({
    title: "The folder is not there",
    happened: "A stick may have been taken out, or the folder was moved or renamed. Earlier backups were not touched.",
    next: "Put the stick back in or choose another folder, then try again.",
  }),
  backupFolderUnwritable: () => ({
    title: "Subvault may not write there",
    happened: "The folder or the stick does not take new files. It may be locked against writing.",
    next: "Choose another folder, or allow writing there, then try again.",
  }),
  backupDiskFull: () => ({
    title: "There is no room for the file",
    happened: "The disk or the stick is full. Earlier backups were not touched.",
    next: "Make room or choose another folder, then try again.",
  }),
  backupNotTheSame: () => ({
    title: "The file was not written correctly",
    happened: "Subvault opened it again, and it did not hold what was written. It was removed. Earlier backups were not touched.",
    next: "Choose another folder or another stick: this one may be failing.",
  }),
  backupNotReadable: () => ({
    title: "The file could not be compared",
    happened:
      "The folder takes files, but Subvault may not read them there. So it is not known whether the file is good, and it was removed. Earlier backups were not touched.",
    next: "Allow reading there or choose another folder, then try again.",
  }),
  backupLeftBehind: () => ({
    title: "A file was left that may not be good",
    happened: "The folder takes files, but Subvault may neither read nor remove them there. Earlier backups were not touched.",
    next: "Remove the newest file there yourself and choose another folder, then try again.",
  }),
  backupStopped: () => ({
    title: "The backup was stopped",
    happened: "No new backup was made. Earlier backups were not touched.",
    next: "Start it again when it suits you.",
  }),
  backupUnreadable: () => ({
    title: "The file could not be read",
    happened: "It may have been moved, or the stick was taken out. Nothing was changed on this computer.",
    next: "Choose the file again.",
  }),
  notABackup: () => ({
    title: "This file is not a backup of Subvault",
    happened: "It is another kind of file. Nothing was changed on this computer.",
    next: "Choose a file whose name begins with “Subvault-backup” and ends in “.age”.",
  }),
  backupNotOpened: () => ({
    title: "The passphrase does not open this backup",
    happened: "It may be mistyped, or the file is damaged at its beginning. Nothing was changed on this computer.",
    next: "Check capital letters and spaces, and look at your recovery sheet. If you are sure of it, choose an older backup.",
  }),
  backupDamaged: () => ({
    title: "The backup is damaged",
    happened: "The file was changed or cut off after it was made. Nothing was changed on this computer.",
    next: "Choose an older backup.",
  }),
  backupNewer: () => ({
    title: "The backup is from a newer Subvault",
    happened: "This version would not understand it. Nothing was changed on this computer.",
    next: "Install the newest Subvault, then restore the backup.",
  }),
  backupNeedsMemory: ({ subject }) => ({
    title: "This file asks for too much memory",
    happened: `To open it takes ${subject ?? "more memory"}, and this computer has less to spare right now. Nothing was changed on this computer.`,
    next: "Close other programs and try again. Backups of Subvault take 256 MB, so be wary of a file that asks for more.",
  }),
  backupAsksTooMuch: () => ({
    title: "This file asks for too much",
    happened:
      "To open it would take more memory and time than any backup of Subvault does. It may have been made to do harm. Nothing was changed on this computer.",
    next: "Choose another file.",
  }),
  backupOfPracticeMode: () => ({
    title: "This is a backup of practice mode",
    happened: "It holds made-up accounts only. Nothing was changed on this computer.",
    next: "Choose a file whose name begins with “Subvault-backup”.",
  }),
  backupOfARealAccount: () => ({
    title: "This is a backup of your own account",
    happened: "Practice mode holds made-up accounts only, so it is not restored here. Nothing was changed on this computer.",
    next: "Leave practice mode, then restore the backup.",
  }),
  exportLooksLikeAFormula: () => ({
    title: "This kind of file cannot hold one of the keys",
    happened: "A spreadsheet would take one of the secrets for a formula. Nothing was written.",
    next: "Choose another kind of file.",
  }),
} satisfies Partial<FailureSentences<FailureKind>>;
