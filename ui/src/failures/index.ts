/** The words for everything that can go wrong: one entry for each kind of failure, and where each belongs. */
import { visibleText } from "../names";
import type { ChangedAtTwilio, Failure, FailureKind } from "../wire";
import { backup } from "./backup";
import { creation } from "./creation";
import { isUnreachable } from "./failure";
import { keychain } from "./keychain";
import { lock } from "./lock";
import { proxy } from "./proxy";
import { refusals } from "./refusals";
import type { About, ActionName, Sentence, Sentences } from "./sentence";
import { signingIn } from "./signingIn";
import { thisComputer } from "./thisComputer";
import { wayToTwilio } from "./wayToTwilio";

export { asFailure, failure, isUnreachable } from "./failure";
export type { About, ActionName, Sentence } from "./sentence";

export const sentences: Sentences<FailureKind> = {
  ...signingIn,
  ...wayToTwilio,
  ...proxy,
  ...refusals,
  ...keychain,
  ...thisComputer,
  ...backup,
  ...creation,
  ...lock,
};

export const changedSentences: Record<ChangedAtTwilio, string> = {
  no: "Nothing was changed at Twilio.",
  yes: "At Twilio, the change was made.",
  unknown: "It is not certain whether anything was changed at Twilio.",
};

export const actionLabels: Record<ActionName, (about: About) => string> = {
  tryAgain: () => "Try again",
  correct: () => "Correct it",
  changeName: () => "Change the name",
  finish: ({ secretWaits }) => (secretWaits ? "Try again" : "Finish"),
  makeAnew: () => "Create it now",
  deleteKey: () => "Delete this key at Twilio",
  handOver: () => "Hand over…",
  showSecret: () => "Show the API Secret",
  newKey: () => "New API key…",
  connect: () => "Connect again",
  showAttention: () => "Show what needs attention",
  showList: () => "Show the list",
  openBackup: () => "Open Backup",
  openTwilioConsole: () => "Open the Twilio Console",
  openAuthTokenPage: () => "Open the Twilio Console",
  openTwilioStatus: () => "Open Twilio’s status page",
  openKeychain: ({ keychain }) => `Open ${keychain}`,
  tidyKeychain: () => "Remove what is not needed",
  checkComputer: () => "Check my computer",
  allowInspection: ({ subject }) => `Allow ${subject ?? "this"}`,
  quit: () => "Close Subvault",
  close: () => "Close",
};

/** The words for one failure. */
export function describe(failure: Failure, keychainName: string): Sentence & { changed: string; about: About } {
  const about: About = {
    subject: failure.subject === null ? null : visibleText(failure.subject),
    keychain: keychainName,
    secretWaits: secretWaits(failure),
  };
  return { ...sentences[failure.kind](about), changed: changedAtTwilio(failure, about), about };
}

/** What to say of Twilio. The words for a creation's own failures have said it already. */
function changedAtTwilio(failure: Failure, about: About): string {
  const saysItself = Object.hasOwn(creation, failure.kind) && failure.kind !== "internal";
  // A key came and went: that nothing was changed is true in the end, and reads as if it were not.
  if (["keyDeleted", "keyUnusableRemoved"].includes(failure.kind)) return "Nothing of it is left at Twilio.";
  if (failure.changed === "no") return changedSentences.no;
  if (saysItself) return "";
  return about.secretWaits ? waiting(about) : changedSentences[failure.changed];
}

/** A keychain that refuses after something was made refuses a new key's secret, which is held in a sealed copy by then. */
function secretWaits({ kind, changed, unfinished }: Failure): boolean {
  if (kind === "secretSealedOnly" || kind === "secretInMemoryOnly") return true;
  return changed === "yes" && unfinished !== null && Object.hasOwn(keychain, kind);
}

function waiting({ keychain }: About): string {
  return `The key was made at Twilio. Its secret is in a sealed copy on this computer and waits for ${keychain}.`;
}

/** The box of the sign-in form that a failure speaks of; null where it is about neither or both. */
export function signInField(kind: FailureKind): "accountSid" | "authToken" | null {
  switch (kind) {
    case "accountSidEmpty":
    case "accountSidMalformed":
    case "keySidInsteadOfAccountSid":
    case "subaccountInsteadOfParent":
      return "accountSid";
    case "authTokenEmpty":
    case "authTokenMalformed":
      return "authToken";
    default:
      return null;
  }
}

/** Whether trying out the computer may find the cause: the keychain, the disk or the way to Twilio did not do what it should. */
export function mayBeTheComputer(kind: FailureKind): boolean {
  if (isUnreachable(kind) || ["unreadableAnswer", "answeredByAnother"].includes(kind)) return true;
  if (["diskFull", "diskUnwritable", "diskReadOnly", "recordsBroken"].includes(kind)) return true;
  return (
    Object.hasOwn(keychain, kind) && !["secretNotFound", "keychainManagerMissing", "keychainChanged", "keychainAmbiguous"].includes(kind)
  );
}
