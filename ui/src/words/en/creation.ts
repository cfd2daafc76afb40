/** Making subaccounts and keys. */
import type { Snippet } from "svelte";
import type { CreationStep } from "../../state/steps";
import type { StepState } from "../../wire";
import { marked } from "../marked";

type Step = { doing: (keychain: string) => string; done: (keychain: string) => string };

export const creation = {
  /** Each step while it runs, and once it is done. */
  steps: {
    check: { doing: () => "Checking that everything is ready", done: () => "Everything is ready" },
    createSubaccount: { doing: () => "Creating the subaccount", done: () => "Subaccount created" },
    createKey: { doing: () => "Creating the API key", done: () => "API key created" },
    seal: { doing: () => "Making a sealed copy of the secret", done: () => "Sealed copy made" },
    saveInKeychain: {
      doing: (keychain) => `Saving the secret in ${keychain}`,
      done: (keychain) => `Secret saved in ${keychain}`,
    },
    nameKey: { doing: () => "Giving the key its name", done: () => "Key named" },
    prove: { doing: () => "Proving the key", done: () => "Key proved" },
  } satisfies Record<CreationStep, Step>,
  /** Read out after a step. */
  stepStates: {
    ahead: "not yet",
    running: "running",
    waiting: "waiting",
    done: "done",
    failed: "did not work",
  } satisfies Record<StepState | "ahead", string>,

  /** The dialog; the customer's name stands large below. */
  titles: {
    createSubaccount: "New subaccount",
    createKey: "New API key for",
    replaceKey: "Replacing a key of",
    finish: "Finishing for",
  },
  looking: "Looking at what is there",
  goesOn: "Subvault takes care of the rest. If you close this, it goes on, and tells you when the key is ready.",
  closeAndLetItRun: "Close and let it run",
  goesOnWith: (name: Snippet) => marked`Subvault goes on with ${name}`,

  /** A new subaccount. */
  customerName: "Customer’s name",
  previewSubaccount: "Subaccount",
  previewKey: "API key",
  previewType: "Type",
  standard: "Standard",
  shortened: "Shortened to fit Twilio’s 64 characters.",
  whatHappens: (keychain: string) => `Subvault creates the subaccount and its API key, saves the secret in ${keychain}, and tests the key.`,
  whatHappensFor: (keychain: string, service: string) =>
    `Subvault creates the subaccount and its API key, saves the secret in ${keychain}, and tests the key. Then you hand it over to ${service}.`,
  createSubaccount: "Create subaccount",

  /** A new key. */
  keyName: "Key name",
  standardMeans:
    "A Standard key can call and send messages for this subaccount, and cannot create other keys. Keys that are already in use go on working.",
  createKey: "Create API key",
};
