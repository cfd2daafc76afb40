import type { FailureKind } from "../../../wire";
import type { FailureSentences } from "../../failureSentence";

export const thisComputer = {
  diskFull: () => ({
    title: "The disk is full",
    happened: "There is too little room left on this computer to keep a safe record.",
    next: "Free at least 10 MB, then try again.",
  }),
  diskUnwritable: ({ subject }) => ({
    title: "The data folder cannot be written to",
    happened: subject ? `Subvault may not save in ${subject}.` : "Subvault may not save in its data folder.",
    next: "Make sure that you may write to that folder, then try again.",
  }),
  dataFolderNotYours: ({ subject }) => ({
    title: "The data folder belongs to another user",
    happened: `${subject ?? "The folder"} belongs to another user of this computer. Subvault does not save there, and touched nothing in it.`,
    next: "Sign in as that user, or start Subvault with a folder of your own.",
  }),
  folderIsAFile: () => ({
    title: "A file is in the place of the folder",
    happened: "A file has the name that the folder should have. It was not touched.",
    next: "Move or rename that file or choose another folder, then try again.",
  }),
  diskReadOnly: () => ({
    title: "The disk can only be read",
    happened: "It is locked against writing, or the system found a fault in it and let nobody write there since.",
    next: "Unlock the disk or choose a folder on another one, then try again.",
  }),
  diskWithoutLocks: () => ({
    title: "This drive cannot lock files",
    happened:
      "The data folder is on a drive that cannot keep two programs from writing at the same time, as some network drives cannot. Its files would be damaged there.",
    next: "Move the data folder to a disk of this computer, then start Subvault again.",
  }),
  pathTooLong: () => ({
    title: "The path is too long",
    happened: "The folder lies so deep, or its name is so long, that the system does not take the names of files in it.",
    next: "Choose a folder with a shorter path, then try again.",
  }),
  nameNotUnicode: () => ({
    title: "This name cannot be used",
    happened: "The folder or file has characters in its name that are not text, so Subvault could not find it again.",
    next: "Rename it or choose another one, then try again.",
  }),
  recordsBroken: () => ({
    title: "The records could not be read",
    happened: "The file with Subvault’s records is damaged. Secrets are not in that file; they are where they were.",
    next: "Try again. If it stays, start Subvault again: it opens its newest good copy.",
  }),
  recordsNewer: () => ({
    title: "The records are from a newer Subvault",
    happened: "A newer version of Subvault has used this data folder, and this version would not understand it. Nothing was touched.",
    next: "Install the newer version.",
  }),
  recordsInUse: () => ({
    title: "Subvault is already open",
    happened: "Another Subvault is using the same data folder.",
    next: "Go to the window that is open, or close it and try again.",
  }),
  unknownHere: ({ subject }) => ({
    title: "Subvault no longer has this",
    happened: `${subject ?? "What was asked for"} is not in Subvault’s records. It may have come to its end, or it was removed.`,
    next: "Look at the list to see what is there now.",
  }),
  pageNotOpened: ({ subject }) => ({
    title: "The page did not open",
    happened: "No browser on this computer took it.",
    next: `Open a browser yourself and go to ${subject ?? "the Twilio Console"}.`,
  }),
  clipboardUnavailable: () => ({
    title: "The clipboard could not be used",
    happened: "Another program is holding the clipboard, so nothing was copied.",
    next: "Try again in a moment.",
  }),
  clipboardNotOffered: () => ({
    title: "This desktop has no clipboard for programs",
    happened: "Nothing was copied: the desktop that you are signed in to lets no program put anything on the clipboard by itself.",
    next: "Show the value and type it over. To copy, sign in to another kind of session, such as one on Xorg.",
  }),
  fileNotReadable: () => ({
    title: "This file cannot be read",
    happened: "It is not a text, it is larger than 10 MB, or it cannot be opened.",
    next: "Choose a table or a text file, or paste what is in it.",
  }),
} satisfies Partial<FailureSentences<FailureKind>>;
