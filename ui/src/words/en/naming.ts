/** Names of subaccounts and keys: what may stand in one, who has it already, and giving another one. */
import type { Snippet } from "svelte";
import type { NameProblem } from "../../wire";
import { marked } from "../marked";
import { plural } from "./plural";

export const naming = {
  problems: {
    empty: "Type a name.",
    tooLong: "The name is too long. Twilio takes up to 64 characters, and an emoji counts as two or more.",
  } satisfies Record<NameProblem, string>,
  tidied: "Extra spaces and characters that cannot be seen were taken out.",

  /** Other subaccounts have the name. */
  sameName: (subaccounts: number) =>
    plural(subaccounts, (n) => ({
      one: "A subaccount already has this name.",
      other: `${n} subaccounts have this name, or one that looks the same.`,
    })),
  nameLooksTheSame: (subaccounts: number) =>
    plural(subaccounts, (n) => ({
      one: "A subaccount has a name that looks the same.",
      other: `${n} subaccounts have a name that looks the same.`,
    })),
  askedNothingCreated: "Twilio was asked just now. It has one that was not in the list yet, and nothing was created.",
  askedNothingRenamed: "Twilio was asked just now. It has one that was not in the list yet, and nothing was renamed.",
  createAnother: (name: Snippet) => marked`Create another one named “${name}”`,
  renameAllTheSame: (name: Snippet) => marked`Rename it all the same to “${name}”`,

  /** Other keys of the subaccount have it. */
  sameKeyName: (keys: number, sids: Snippet) =>
    plural(keys, () => ({
      one: marked`A key of this subaccount has this name, or one that looks the same: ${sids}. Another name keeps them apart.`,
      other: marked`Keys of this subaccount have this name, or one that looks the same: ${sids}. Another name keeps them apart.`,
    })),

  /** Renaming. */
  rename: "Rename",
  newName: "New name",
  renameMeans: "The Account SID and the keys stay the same, so what was handed over goes on working. The names of its keys do not change.",
  renaming: "Renaming at Twilio",
  renamed: (name: Snippet) => marked`Renamed to ${name}`,
};
