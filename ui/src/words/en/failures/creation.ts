import type { FailureKind } from "../../../wire";
import type { FailureSentences } from "../../failureSentence";

export const creation = {
  outcomeUnknown: ({ subject }) => ({
    title: "Twilio’s answer did not arrive",
    happened: `${subject ?? "It"} may or may not have been created. Subvault remembers it, and looks at Twilio before it makes anything.`,
    next: "Choose Finish when the connection is back. Nothing is made twice.",
  }),
  notCreated: ({ subject }) => ({
    title: "Nothing was made",
    happened: `Subvault looked at Twilio, and ${subject ?? "what was asked for"} is not there.`,
    next: "You can create it now.",
  }),
  keyDeleted: ({ subject }) => ({
    title: "The key is deleted",
    happened: `You had chosen to delete ${subject ?? "this API key"}, and now it is deleted at Twilio.`,
    next: "If a key is still needed, create a new one.",
  }),
  keyUnusableRemoved: () => ({
    title: "The new key was unusable and has been deleted",
    happened: "Twilio made the API key, but its secret never arrived here. So the key was deleted there again.",
    next: "You can create another one now.",
  }),
  keyUnusableNotRemoved: ({ subject }) => ({
    title: "An unusable key is still at Twilio",
    happened: subject
      ? `Twilio made the API key ${subject}, but its secret never arrived here, and deleting it did not work yet.`
      : "Twilio made the API key, but its secret never arrived here, and deleting it did not work yet.",
    next: "Delete the key at Twilio, then make another one.",
  }),
  secretSealedOnly: ({ keychain }) => ({
    title: `The secret is not in ${keychain} yet`,
    happened: `The key was made, and its secret is held in a sealed copy on this computer. ${keychain} did not take it.`,
    next: "Try again when it is unlocked. Until then the key cannot be handed over.",
  }),
  secretInMemoryOnly: () => ({
    title: "The secret is not saved yet",
    happened: "The key was made, but its secret could not be written to this computer. It is held only while Subvault is open.",
    next: "Leave Subvault open and try again.",
  }),
  notProvedYet: () => ({
    title: "The key is saved, and not proved yet",
    happened: "The secret is safe. The call that proves the new key did not work, which can happen in a key’s first minute.",
    next: "Choose Finish to prove it again. You can also hand it over first.",
  }),
  alreadyRunning: ({ subject }) => ({
    title: "This is already being done",
    happened: subject ? `Subvault is still busy with ${subject}.` : "Subvault is still busy with the same thing.",
    next: "Wait for it to end. What needs you is under Needs attention.",
  }),
  stopped: () => ({
    title: "It was stopped",
    happened: "It was stopped before it had ended.",
    next: "Begin it again when you like.",
  }),
  begunBefore: ({ subject }) => ({
    title: "This was begun before",
    happened: `${subject ?? "The same"} was begun and is not finished, so Subvault does not make a second one.`,
    next: "Choose Finish to go on with it.",
  }),
  successorNotInUse: ({ subject }) => ({
    title: "The new key is not known to be in use",
    happened: `The old key was not deleted, because nobody knows yet whether ${subject ?? "this customer"} uses the new one.`,
    next: "Hand the new key over first, and wait until something was sent with it.",
  }),
  successorNotUsable: () => ({
    title: "The new key cannot be used",
    happened: "The old key was not deleted. The new key is not at Twilio any more, or its secret is not safe yet.",
    next: "Give the replacement up, then replace the key again.",
  }),
  notDeletable: ({ subject }) => ({
    title: "This key is in use",
    happened: `${subject ?? "The key"} was handed over, so the service that has it would stop working.`,
    next: "Leave it as it is. If it must go, delete it in the Twilio Console.",
  }),
  internal: () => ({
    title: "Something in Subvault went wrong",
    happened: "This is a fault of the program. Secrets that were saved are still where they were.",
    next: "Try again. If it stays, close Subvault and open it again.",
  }),
} satisfies Partial<FailureSentences<FailureKind>>;
