/** What is said of everything that can go wrong, the button that helps, and where each belongs. */
import { visibleText } from "../names";
import { words } from "../words";
import type { About, FailureSentence } from "../words/failureSentence";
import type { Failure, FailureKind } from "../wire";
import type { ActionName } from "./actionName";
import { isUnreachable } from "./failure";
import { creation, failureActions, keychain } from "./failureActions";

export type { ActionName } from "./actionName";
export { asFailure, failure, isUnreachable } from "./failure";

/** The words for one failure, with the button that helps. */
export type Described = FailureSentence & { action: ActionName; changed: string; about: About };

/** The words for one failure. */
export function describe(failure: Failure, keychainName: string): Described {
  const about: About = {
    subject: failure.subject === null ? null : visibleText(failure.subject),
    keychain: keychainName,
    secretWaits: secretWaits(failure),
  };
  const sentence = words().failures.sentences[failure.kind](about);
  return { ...sentence, action: failureActions[failure.kind], changed: changedAtTwilio(failure, about), about };
}

/** The words of a button beside a failure. */
export function actionLabel(name: ActionName, about: About): string {
  return words().actions[name](about);
}

/** What to say of Twilio. The words for a creation's own failures have said it already. */
function changedAtTwilio(failure: Failure, about: About): string {
  const said = words().failures;
  const saysItself = Object.hasOwn(creation, failure.kind) && failure.kind !== "internal";
  if (["keyDeleted", "keyUnusableRemoved"].includes(failure.kind)) return said.nothingLeft;
  if (failure.changed === "no") return said.changed.no;
  if (saysItself) return "";
  return about.secretWaits ? said.secretWaits(about) : said.changed[failure.changed];
}

/** A keychain that refuses after something was made refuses a new key's secret, which is held in a sealed copy by then. */
function secretWaits({ kind, changed, unfinished }: Failure): boolean {
  if (kind === "secretSealedOnly" || kind === "secretInMemoryOnly") return true;
  return changed === "yes" && unfinished !== null && Object.hasOwn(keychain, kind);
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
