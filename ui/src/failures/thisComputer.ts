import type { Sentences } from "./sentence";

export const thisComputer = {
  diskFull: () => ({
    title: "The disk is full",
    happened: "There is too little room left on this computer to keep a safe record.",
    next: "Free at least 10 MB, then try again.",
    action: "tryAgain",
  }),
  diskUnwritable: ({ subject }) => ({
    title: "The data folder cannot be written to",
    happened: subject ? `Subvault may not save in ${subject}.` : "Subvault may not save in its data folder.",
    next: "Make sure that you may write to that folder, then try again.",
    action: "tryAgain",
  }),
  recordsBroken: () => ({
    title: "The records could not be read",
    happened: "The file with Subvault’s records is damaged. Secrets are not in that file; they are where they were.",
    next: "Try again. If it stays, start Subvault again: it opens its newest good copy.",
    action: "tryAgain",
  }),
  recordsNewer: () => ({
    title: "The records are from a newer Subvault",
    happened: "A newer version of Subvault has used this data folder, and this version would not understand it. Nothing was touched.",
    next: "Install the newer version.",
    action: "quit",
  }),
  recordsInUse: () => ({
    title: "Subvault is already open",
    happened: "Another Subvault is using the same data folder.",
    next: "Go to the window that is open, or close it and try again.",
    action: "tryAgain",
  }),
  unknownHere: ({ subject }) => ({
    title: "Subvault no longer has this",
    happened: `${subject ?? "What was asked for"} is not in Subvault’s records. It may have come to its end, or it was removed.`,
    next: "Look at the list to see what is there now.",
    action: "showList",
  }),
  pageNotOpened: ({ subject }) => ({
    title: "The page did not open",
    happened: "No browser on this computer took it.",
    next: `Open a browser yourself and go to ${subject ?? "the Twilio Console"}.`,
    action: "tryAgain",
  }),
  clipboardUnavailable: () => ({
    title: "The clipboard could not be used",
    happened: "Another program is holding the clipboard, so nothing was copied.",
    next: "Try again in a moment.",
    action: "tryAgain",
  }),
  clipboardNotOffered: () => ({
    title: "This desktop has no clipboard for programs",
    happened: "Nothing was copied: the desktop that you are signed in to lets no program put anything on the clipboard by itself.",
    next: "Show the value and type it over. To copy, sign in to another kind of session, such as one on Xorg.",
    action: "showSecret",
  }),
} satisfies Partial<Sentences<string>>;
