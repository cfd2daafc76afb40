/** Saving keys in a file for another program. */
import type { Snippet } from "svelte";
import type { ExportFormat } from "../../wire";
import { marked } from "../marked";
import { numberOf, type NamedKeys } from "../namedKeys";
import { namedKeys } from "./namedKeys";
import { plural } from "./plural";

export const exporting = {
  title: "Hand keys to another program",
  readableFile: (file: Snippet, heading: Snippet, savedAt: string) => marked`${heading} ${file}, saved ${savedAt}.`,
  readableFileHeading: "This file holds readable secrets:",
  deleteFile: "Delete the file",
  keepFile: "Keep it",
  fileDeleted: "The readable file was deleted.",
  noKeys: "No keys are saved on this computer yet.",
  allKeys: (keys: number) =>
    plural(keys, (n) => ({
      one: "The one saved key, with customer and SIDs, in a file for a password manager.",
      other: `All ${n} saved keys, with customer and SIDs, in a file for a password manager.`,
    })),

  /** One key alone. */
  titleOfOne: "Save for a password manager",
  oneKey: (sid: Snippet) => marked`This one key, ${sid}, with customer and SIDs, in a file for another program.`,

  forWhich: "For which program",
  formats: {
    kdbx: { name: "KeePass file (KDBX 4)", means: "Locked with a passphrase. KeePassXC, KeePass and Strongbox open it." },
    bitwardenJson: { name: "Bitwarden", means: "Not locked: everybody who gets the file can read the secrets." },
    onePasswordCsv: {
      name: "1Password",
      means:
        "Not locked: everybody who gets the file can read the secrets. A name that begins with =, +, - or @ gets an apostrophe in front, so that no spreadsheet takes it for a formula. 1Password keeps the apostrophe in the title; the notes have the customer’s name without it.",
    },
  } satisfies Record<ExportFormat, { name: string; means: string }>,
  saveReadable: "Save readable secrets…",
  saveLocked: "Save a locked file…",
  ownPassphrase: "The file gets a passphrase of its own, which you give to whoever is to open it.",
  filePassphrase: "Passphrase for the file",
  saveFile: "Save the file…",
  saved: (keys: number, file: string) => plural(keys, (n) => ({ one: `${n} key saved in ${file}`, other: `${n} keys saved in ${file}` })),
  savedWithout: (keys: number, file: string, without: NamedKeys) => {
    const rest = plural(numberOf(without), () => ({
      one: `Not in it, as its secret could not be read: ${namedKeys(without)}.`,
      other: `Not in it, as their secrets could not be read: ${namedKeys(without)}.`,
    }));
    return plural(keys, (n) => ({ one: `${n} key saved in ${file}. ${rest}`, other: `${n} keys saved in ${file}. ${rest}` }));
  },

  /** Asked before readable secrets are saved. */
  asking: {
    title: "Save readable secrets?",
    text: (keys: number) =>
      plural(keys, (n) => ({
        one: "The file will hold the secret of a key for everybody to read who gets it: by mail, in a shared folder, in a copy of this computer.",
        other: `The file will hold the secrets of ${n} keys for everybody to read who gets it: by mail, in a shared folder, in a copy of this computer.`,
      })),
    importAtOnce: "Import it into the other program at once. After ten minutes Subvault asks to delete it.",
    confirm: "Save readable secrets…",
    cancel: "Cancel",
  },
};
