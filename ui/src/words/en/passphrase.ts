/** Typing a new passphrase. */
import type { Weakness } from "../../wire";

export const passphrase = {
  label: "Passphrase",
  newLabel: "New passphrase",
  oldLabel: "Passphrase of now",
  againLabel: "The same once more",
  notTheSame: "The two are not the same yet.",
  advice: "Four or more words that do not belong together are strong and easy to keep in mind. Capital letters and spaces count.",
  spaceAtEnd: "There is a space at the beginning or the end. Take it out: on paper nobody sees it, and other programs count it.",
  /** By zxcvbn's score, from 0 to 4. */
  strengths: [
    "Far too easy to guess.",
    "Too easy to guess.",
    "Still too easy to guess.",
    "Nearly strong enough. One more word will do.",
    "Strong.",
  ] as readonly [string, string, string, string, string],
  weaknesses: {
    keyboardRow: "Neighbours on the keyboard are tried early.",
    repetition: "Repeating something adds little.",
    sequence: "Rows like abc or 123 are tried early.",
    commonPassword: "It is like a password that many people use.",
    oneWord: "One word is not enough.",
    date: "Dates and years are tried early.",
    name: "Names are tried early.",
  } satisfies Record<Weakness, string>,
};
