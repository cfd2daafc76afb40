/** The program's own words for the states that cross from the Rust side. */
import type { Tone } from "./list/credentials";
import { visibleName } from "./names";
import type {
  ActivityKind,
  BackupTrouble,
  KeyState,
  MissingKeys,
  NameProblem,
  PassedOver,
  StepName,
  SubaccountStatus,
  Weakness,
} from "./wire";

export const statusWords: Record<SubaccountStatus, { label: string; tone: Tone }> = {
  active: { label: "Active", tone: "ok" },
  suspended: { label: "Suspended", tone: "warn" },
  closed: { label: "Closed", tone: "off" },
  unknown: { label: "Unknown", tone: "off" },
};

/** Shown in place of the status once Twilio no longer lists a subaccount. */
export const goneWords: { label: string; tone: Tone } = { label: "Not at Twilio", tone: "off" };

/** Why no API key can be made for a subaccount now; null where one can. */
export function noNewKeyWords(row: { status: SubaccountStatus; gone: boolean }, connected: boolean): string | null {
  if (row.gone) return "Twilio no longer lists this subaccount.";
  if (row.status === "closed") return "A closed subaccount gets no new keys.";
  if (row.status === "suspended") return "Not while the subaccount is suspended.";
  if (row.status === "unknown") return "The subaccount’s status is not known.";
  return connected ? null : "Connect your Twilio account first.";
}

export const keyStateWords: Record<KeyState, { label: string; tone: Tone }> = {
  saved: { label: "Saved here", tone: "ok" },
  sealedOnly: { label: "Sealed copy only", tone: "warn" },
  notSaved: { label: "Secret not saved", tone: "off" },
  removedAtTwilio: { label: "Key removed at Twilio", tone: "bad" },
  unfinished: { label: "Unfinished", tone: "warn" },
};

/** Shown in place of the state where Twilio refused the key when it was last tested. */
export const refusedWords: { label: string; tone: Tone } = { label: "Refused by Twilio", tone: "bad" };

/** The steps of making a subaccount and a key. */
export type CreationStep = Extract<StepName, "check" | "createSubaccount" | "createKey" | "seal" | "saveInKeychain" | "nameKey" | "prove">;

/** Each step while it runs, and once it is done. */
export const stepWords: Record<CreationStep, { doing: string; done: string }> = {
  check: { doing: "Checking that everything is ready", done: "Everything is ready" },
  createSubaccount: { doing: "Creating the subaccount", done: "Subaccount created" },
  createKey: { doing: "Creating the API key", done: "API key created" },
  seal: { doing: "Making a sealed copy of the secret", done: "Sealed copy made" },
  saveInKeychain: { doing: "Saving the secret in", done: "Secret saved in" },
  nameKey: { doing: "Giving the key its name", done: "Key named" },
  prove: { doing: "Testing the key", done: "Key tested" },
};

/** A step's words with the real name of the keychain. */
export function stepText(step: CreationStep, done: boolean, keychainName: string): string {
  const words = stepWords[step];
  const text = done ? words.done : words.doing;
  return step === "saveInKeychain" ? `${text} ${keychainName}` : text;
}

export const nameProblemWords: Record<NameProblem, string> = {
  empty: "Type a name.",
  tooLong: "The name is too long. Twilio takes up to 64 characters, and an emoji counts as two or more.",
};

export const activityWords: Record<ActivityKind, string> = {
  connected: "Connected to Twilio",
  disconnected: "Disconnected from Twilio",
  subaccountCreated: "Subaccount created",
  subaccountRenamed: "Subaccount renamed",
  keyCreated: "API key created",
  keyDeleted: "Key deleted at Twilio",
  unusableKeyDeleted: "Unusable key deleted at Twilio",
  nothingWasMade: "An unfinished creation had made nothing",
  handedOver: "Handed over",
  handOverPostponed: "Hand-over put off",
  secretCopied: "Secret copied",
  secretShown: "Secret shown",
  credentialRemoved: "Saved credential removed",
  credentialRestored: "Lost secret put back from its sealed copy",
  passphraseSet: "Recovery passphrase set",
  backupRestored: "Backup restored",
  exported: "Keys saved for another program",
};

/** By zxcvbn's score. */
export const strengthWords: Record<number, string> = {
  0: "Far too easy to guess.",
  1: "Too easy to guess.",
  2: "Still too easy to guess.",
  3: "Nearly strong enough. One more word will do.",
  4: "Strong.",
};

export const weaknessWords: Record<Weakness, string> = {
  keyboardRow: "Neighbours on the keyboard are tried early.",
  repetition: "Repeating something adds little.",
  sequence: "Rows like abc or 123 are tried early.",
  commonPassword: "It is like a password that many people use.",
  oneWord: "One word is not enough.",
  date: "Dates and years are tried early.",
  name: "Names are tried early.",
};

/** The steps of a backup. */
export type BackupStep = Extract<StepName, "gather" | "encrypt" | "write" | "compare">;

export const backupStepWords: Record<BackupStep, string> = {
  gather: "Collecting the keys",
  encrypt: "Locking the file with your passphrase",
  write: "Writing the file",
  compare: "Opening the file again and comparing",
};

export const backupTroubleWords: Record<BackupTrouble, string> = {
  folderMissing: "The folder was not there.",
  noAccess: "The folder could not be written to.",
  folderIsAFile: "A file is in the place of the folder.",
  readOnlyDisk: "The disk can only be read.",
  pathTooLong: "The path of the folder is too long.",
  notReadable: "The folder takes files, but Subvault may not read them there, so the backup could not be compared.",
  leftBehind: "The folder takes files, but Subvault may neither read nor remove them there.",
  diskFull: "There was no room left.",
  folderFails: "The disk or stick stopped in the middle. It may be failing.",
  notTheSame: "The file did not read back as it was written.",
  tooLarge: "It was too large for one file.",
  keychainSilent: "The keychain did not answer.",
  keychainLocked: "The keychain was locked.",
  keychainRefused: "The keychain did not let Subvault read it.",
  keychainBroken: "The keychain has a problem of its own.",
  sealingKey: "The keychain no longer has the key to the sealed copies. Put back what is missing.",
  passphrase: "The recovery passphrase is needed once more.",
  records: "Subvault’s records could not be read.",
  internal: "Something in Subvault went wrong. Back up by hand to see more.",
};

const mostNamed = 5;

/** Names the keys whose secrets the last backup is without, and says what to do; null where it has them all. */
export function missingFromBackupWords({ unread, savedSince, unknown }: MissingKeys): string | null {
  const parts: string[] = [];
  if (unread.length > 0)
    parts.push(
      `${passedOverWords("Not in it", unread)} Restore an older backup that has ${unread.length === 1 ? "it" : "them"}, or make new API keys.`,
    );
  if (savedSince.length > 0)
    parts.push(
      `Saved since and not in it yet: ${namedKeys(savedSince)}. Back up now to keep ${savedSince.length === 1 ? "it" : "them"} too.`,
    );
  if (unknown > 0)
    parts.push(`It is without the secrets of ${unknown === 1 ? "one saved key" : `${unknown} saved keys`}. Back up now to see which.`);
  return parts.length === 0 ? null : parts.join(" ");
}

function namedKeys(keys: readonly PassedOver[]): string {
  // Isolated, since a name may run from right to left.
  const named = keys
    .slice(0, mostNamed)
    .map((key) => `“\u2068${visibleName(key.keyName)}\u2069” of \u2068${visibleName(key.accountName)}\u2069`);
  const more = keys.length > mostNamed ? ` and ${keys.length - mostNamed} more` : "";
  return named.join(", ") + more;
}

/** Names the keys that were left out, as in "Not in it, as their secrets could not be read: “Acme - DicksonOne”." */
export function passedOverWords(where: string, keys: readonly PassedOver[]): string {
  const why = keys.length === 1 ? "as its secret could not be read" : "as their secrets could not be read";
  return `${where}, ${why}: ${namedKeys(keys)}.`;
}
