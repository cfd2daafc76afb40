/** Adopting keys that were made elsewhere: finding them with their secrets in a text or a file, and what became of each. */
import type { Snippet } from "svelte";
import type { Adoptability, AdoptionOutcome } from "../../wire";
import { marked } from "../marked";
import { plural } from "./plural";

type Said = { said: string; next: string };

export const adopting = {
  title: "Adopt keys",
  open: "Adopt keys…",
  haveSecret: "I have its secret…",
  steps: { label: "Steps", look: "Paste", check: "Check", adopt: "Adopt", done: "done" },

  /** Where secrets are given. */
  intro:
    "For keys that were made elsewhere and whose secrets you still have. Their secrets are kept here from then on, like those of any other key.",
  box: "API SIDs and their secrets",
  placeholder: "Paste here",
  understood: "What is understood",
  kinds: [
    "An API SID with its secret, in any order, with or without words beside them",
    "Lines of a settings file, such as .env",
    "JSON, tables as CSV, and workbooks of Excel (XLSX)",
    "What Bitwarden, 1Password and Twilio’s own command line keep or export",
  ],
  happens: "What happens then",
  means: (keychain: string) => [
    "You see what was found first. Nothing is asked of Twilio before you say so.",
    "Each secret is proved at Twilio with one call. Only what works is kept.",
    `It is kept in ${keychain}. Nothing leaves this computer but that proof.`,
  ],
  emptied: "The box is emptied as soon as you look for keys. What you pasted is not kept in this window.",
  look: "Look for keys",
  looking: "Looking for keys",
  openFile: "Open a file…",
  choosing: "Waiting for a file",

  /** What was found. */
  found: (keys: number) => plural(keys, (n) => ({ one: `${n} key found`, other: `${n} keys found` })),
  inFile: (file: Snippet) => marked`in ${file}`,
  inText: "in what you pasted",
  list: "Keys that were found",
  columns: { key: "Key", customer: "Subaccount", fits: "Can it be adopted", outcome: "What became of it" },
  notKnown: "Not known",
  fits: {
    ready: { said: "Ready", next: "Its secret is proved at Twilio, and kept if it works." },
    savedAlready: { said: "Saved already", next: "Its secret is here. Nothing is done with it." },
    noSecret: { said: "No secret beside it", next: "Paste its API SID together with its secret." },
    unknownSubaccount: {
      said: "Subaccount not known",
      next: "No subaccount in your list has this key. Paste the Account SID along with it, or read the list anew from Twilio and look again.",
    },
  } satisfies Record<Adoptability, Said>,
  /** The row that the keys are on. */
  about: (name: Snippet, said: string, next: string) => marked`${name}: ${said}. ${next}`,
  willBe: (keys: number) => plural(keys, (n) => ({ one: `${n} is to be adopted.`, other: `${n} are to be adopted.` })),
  noneReady: "None of these can be adopted.",
  left: (rows: number) => plural(rows, (n) => ({ one: `${n} is left out.`, other: `${n} are left out.` })),
  adopt: (keys: number) => plural(keys, (n) => ({ one: `Adopt ${n} key`, other: `Adopt ${n} keys` })),
  beginning: "Beginning",
  nothingYet: "Nothing has been changed yet.",
  nothingFound: "No API key was found",
  nothingFoundMeans:
    "An API SID begins with SK and has 32 more letters and digits. It has to stand with its secret: beside it, on the lines around it, or in the same row of a table.",
  lookAgain: "Look again",

  /** While it runs. */
  checking: "Checking that everything is ready",
  proving: (done: string, total: string) => `${done} of ${total} tried`,
  goesOn: "It goes on when you leave this page.",
  stopMeans: "Stopping keeps what is adopted.",
  stop: "Stop",
  stopping: "Stopping",

  /** Afterwards. */
  adopted: (keys: number) => plural(keys, (n) => ({ one: `${n} key is adopted`, other: `${n} keys are adopted` })),
  noneAdopted: "No key was adopted",
  allWorked: (keychain: string) => `Every secret was proved, and is in ${keychain}. You can delete it wherever else it is kept.`,
  someLeft: (keys: number) =>
    plural(keys, (n) => ({
      one: `${n} was not adopted. It is on top, with why and what to do.`,
      other: `${n} were not adopted. They are on top, with why and what to do.`,
    })),
  result: "What became of each key",
  outcomes: (keychain: string) =>
    ({
      adopted: { said: "Adopted", next: `Its secret was proved, and is in ${keychain}.` },
      sealedOnly: {
        said: "Adopted, in a sealed copy",
        next: `It works, and ${keychain} has not taken its secret yet. Subvault offers it again by itself.`,
      },
      savedAlready: { said: "Saved already", next: "Its secret was here before. Nothing was changed." },
      doesNotFit: {
        said: "Refused by Twilio",
        next: "This secret does not fit the key, and was not kept. Copy the secret once more from where the key is used. If that one is refused as well, make a new key.",
      },
      notTried: { said: "Not tried", next: "It was stopped before. Look for it again to adopt it." },
    }) satisfies Record<Exclude<AdoptionOutcome["is"], "failed">, Said>,
  failed: (happened: string, next: string) => `${happened} ${next}`,
  notCarriedOut: "The keys were not adopted",
  stopped: "Adopting was stopped",
  stoppedMeans: "What was adopted until then is kept. Look for the others again.",
  pasteAgain: "Their secrets are not kept in this window. Look for them again.",
  showKeys: "Show keys",
  more: "Adopt more keys…",
};
