/** The words for trying out this computer: what is tried, what was found, and what to do about it. */
import { describe, type ActionName } from "../failures";
import { visibleText } from "../names";
import { ago, count, dateTime, plural } from "../format";
import type { CheckFact, CheckFactName, CheckFinding, CheckName, CheckProblem } from "../wire";

export type Surroundings = {
  /** What this computer calls the place its secrets are kept in. */
  keychain: string;
  practice: boolean;
  /** Milliseconds since 1970. */
  now: number;
};

export type Found = {
  /** What was found, in a sentence or two. */
  text: string;
  /** What to do; null where nothing is to be done. */
  next: string | null;
  /** The button that helps with it, besides checking again. */
  action: ActionName | null;
  /** Technical lines for support. */
  details: string[];
};

export const titles: Record<CheckName, (about: Surroundings) => string> = {
  keychain: ({ keychain }) => keychain,
  dataFolder: () => "Data folder",
  records: () => "Records",
  network: () => "Network settings",
  twilio: ({ practice }) => (practice ? "The made-up Twilio" : "Connection to Twilio"),
  clock: () => "Clock",
};

/** What will be done, or is being done. */
export const doing: Record<CheckName, (about: Surroundings) => string> = {
  keychain: () => "Saves a few test entries, reads them back and deletes them.",
  dataFolder: () => "Saves a test file, reads it back and looks how much room is left.",
  records: () => "Reads everything that Subvault has kept and looks for damage.",
  network: () => "Looks which proxy and which trusted certificates this computer is set to use.",
  twilio: ({ practice }) =>
    practice
      ? "Asks the made-up Twilio of practice mode. The real one is not asked."
      : "Asks Twilio for an answer. Nothing of yours is sent.",
  clock: () => "Compares this computer’s clock with the time in Twilio’s answer.",
};

/** What may be in the way when something takes long. */
export const slow: Partial<Record<CheckName, (about: Surroundings) => string>> = {
  keychain: ({ keychain }) => `${keychain} has not answered yet. Look for a password box behind this window.`,
  dataFolder: () => "The disk is taking long to answer.",
  twilio: () => "No answer yet. A slow network can cause this.",
};

const fine: Record<CheckName, (about: Surroundings, finding: CheckFinding) => string> = {
  keychain: ({ keychain }) => `${keychain} keeps, gives back and deletes what it should, and has room for more.`,
  dataFolder: (_, finding) => {
    const free = fact(finding, "free");
    return free === null ? "It can be written to." : `It can be written to, and ${size(Number(free))} are free.`;
  },
  records: (about, finding) => `Nothing is damaged. ${copies(about, finding)}`,
  network: ({ practice }, finding) => `${wayOf(finding)}${practice ? " Practice mode uses neither." : ""}`,
  twilio: ({ practice }, finding) => (practice ? "It answered. This says nothing about the way to the real Twilio." : answered(finding)),
  clock: () => "It agrees with Twilio’s.",
};

type Problem = { text: string; next: string; action: ActionName | null };

export const problems: Record<CheckProblem, (about: Surroundings, finding: CheckFinding) => Problem> = {
  keychainNearlyFull: ({ keychain }, finding) => ({
    text: `${keychain} is nearly full: it takes only ${plural(Number(fact(finding, "room") ?? 0), "more entry", "more entries")}.`,
    next: `Open ${keychain} and remove entries you no longer need. Games and office programs often leave many old ones there.`,
    action: "openKeychain",
  }),
  sealingKeyMissing: ({ keychain }) => ({
    text: `${keychain} works, but the key that opens the sealed copies on this computer is no longer in it.`,
    next: "New secrets are sealed with a new key by themselves. To open the older copies, put back what is missing with your recovery passphrase.",
    action: "openBackup",
  }),
  keychainSeveralItems: ({ keychain }) => ({
    text: `${keychain} works, and holds several entries of one name, as after it was restored. Subvault uses the one that works, and has kept all of them.`,
    next: "You can have the others removed. Where nothing on this computer says which one works, Twilio is asked. An entry that may still be needed stays.",
    action: "tidyKeychain",
  }),
  keychainEarlierToken: ({ keychain }) => ({
    text: `${keychain} works, and still holds the Auth Token of an account you disconnected. An earlier Subvault saved it there for all its data folders.`,
    next: "Remove it, unless another data folder of yours that has not been opened since is connected to that account.",
    action: "tidyKeychain",
  }),
  littleSpace: (_, finding) => ({
    text: `It can be written to, but only ${size(Number(fact(finding, "free") ?? 0))} are free on this disk.`,
    next: "Free some room before the disk is full. Subvault creates nothing while less than 10 MB are free.",
    action: null,
  }),
  proxyScript: (_, finding) => ({
    text: `This computer is set to ask a setup script (PAC) for its proxy, which Subvault does not do. ${wayOf(finding)}`,
    next: "If Twilio cannot be reached, ask whoever looks after your network for the proxy’s name and port, and set HTTPS_PROXY to them.",
    action: null,
  }),
  inspected: (_, finding) => ({
    text: `Twilio answered, but ${inspectorIn(finding)} opens the connection on its way and could read your Auth Token and each new secret. Until you allow that, Subvault sends neither.`,
    next: "Allow it only if it belongs to your company and may read them. If you do not know it, ask whoever looks after your network.",
    action: "allowInspection",
  }),
  proxyOverruled: (_, finding) => ({
    text: `${fact(finding, "proxyOverruled") ?? "Another variable"} names another proxy, which is not used. ${wayOf(finding)}`,
    next: "Set both to the same proxy, or take one away, then start Subvault again.",
    action: null,
  }),
  othersMayLook: () => ({
    text: "It can be written to, but other users of this computer may look into it: its disk has no access rights. Names, SIDs and what happened can be read there; secrets cannot.",
    next: "Keep Subvault’s data on a disk of this computer if others use it too.",
    action: null,
  }),
  othersMayReplace: () => ({
    text: "It can be written to, but a folder above it is open to everybody. Another user of this computer could put another folder in its place.",
    next: "Take the right to write in that folder from others, or move the data folder.",
    action: null,
  }),
  clockWrong: (_, finding) => ({
    text: `This computer’s clock is ${apart(finding)} Twilio’s.`,
    next: "Open the date and time settings of your system, and let it set the clock by itself.",
    action: null,
  }),
  clockWrongZone: (_, finding) => ({
    text: `This computer’s clock is ${apart(finding)} Twilio’s. So round a difference often comes from a wrong time zone.`,
    next: "Open the date and time settings of your system. Choose your time zone first, then let the system set the clock by itself.",
    action: null,
  }),
  clockZoneUnknown: () => ({
    text: "The clock is right, but the system does not say which time zone it is set to.",
    next: "Choose your time zone in the date and time settings of your system. Until then, times may be shown for another place.",
    action: null,
  }),
  clockNotCompared: () => ({
    text: "Without an answer from Twilio there is nothing to compare it with.",
    next: "Put the connection to Twilio right first, then check again.",
    action: null,
  }),
  clockDoubted: () => ({
    text: "The clock is most likely wrong. Twilio’s proof of identity is not valid at the date and time that this computer has.",
    next: "Open the date and time settings of your system, set both, then check again.",
    action: null,
  }),
};

/** What was found, in words. */
export function wordsFor(finding: CheckFinding, about: Surroundings): Found {
  if (finding.failure !== null) {
    const words = describe(finding.failure, about.keychain);
    const details = finding.failure.technical === null ? [] : [finding.failure.technical];
    // The sentence of an ordinary request speaks of its longer wait.
    const happened = finding.failure.kind === "timedOut" ? "There was no answer within 15 seconds." : words.happened;
    return { text: `${words.title}. ${happened}`, next: words.next, action: words.action === "tryAgain" ? null : words.action, details };
  }
  if (finding.problem !== null) return { ...problems[finding.problem](about, finding), details: [] };
  return { text: fine[finding.check](about, finding), next: null, action: null, details: [] };
}

/** The facts of a finding as a line: what was measured, and where. */
export function factsOf(finding: CheckFinding, about: Surroundings): string[] {
  return finding.facts.flatMap((one) => {
    const line = factWords[one.name](one.value, about);
    return line === null ? [] : [line];
  });
}

/** What the sentence has said already is left out. */
const factWords: Record<CheckFactName, (value: string, about: Surroundings) => string | null> = {
  keychain: () => null,
  took: (value) => `took ${count(Number(value))} ms`,
  room: () => null,
  folder: (value) => value,
  free: () => null,
  subaccounts: (value) => plural(Number(value), "subaccount"),
  copies: (value) => (value === "0" ? "no copy yet" : plural(Number(value), "copy", "copies")),
  newestCopy: () => null,
  host: (value, { practice }) => (practice ? "on this computer" : value),
  proxy: (value) => `through the proxy ${value}`,
  proxySetIn: () => null,
  proxyExceptedBy: () => null,
  proxyOverruled: () => null,
  inspectedBy: () => null,
  proxyOffers: (value) => `it offers ${value}`,
  proxyStatus: (value) => `it answered with status ${value}`,
  timeHere: (value) => dateTime(value),
  zone: (value) => value.replaceAll("_", " "),
  ahead: (value) =>
    Math.abs(Number(value)) < 2
      ? "less than 2 seconds apart"
      : `${duration(Math.abs(Number(value)))} ${Number(value) > 0 ? "ahead" : "behind"}`,
};

/** One sentence for all findings. */
export function summary(findings: readonly CheckFinding[]): { tone: "ok" | "warn" | "bad"; text: string } {
  const having = (verdict: CheckFinding["verdict"]) => findings.filter((finding) => finding.verdict === verdict).length;
  const broken = having("broken");
  const attention = having("attention");
  if (broken > 0)
    return {
      tone: "bad",
      text:
        broken === 1
          ? "One thing does not work. What to do stands beside it."
          : `${count(broken)} things do not work. What to do stands beside each.`,
    };
  if (attention > 0)
    return {
      tone: "warn",
      text:
        attention === 1
          ? "Everything works. One thing should be looked after."
          : `Everything works. ${count(attention)} things should be looked after.`,
    };
  return { tone: "ok", text: "Everything works as it should." };
}

function fact({ facts }: CheckFinding, name: CheckFactName): string | null {
  return facts.find((one: CheckFact) => one.name === name)?.value ?? null;
}

function answered(finding: CheckFinding): string {
  if (fact(finding, "inspectedBy") === null) return "Twilio answered, and proved that it is Twilio.";
  return `Twilio answered. ${inspectorIn(finding)} opens the connection on its way and reads it, which you allowed.`;
}

function inspectorIn(finding: CheckFinding): string {
  const name = fact(finding, "inspectedBy");
  return name === null ? "something" : visibleText(name);
}

function wayOf(finding: CheckFinding): string {
  const [setIn, exceptedBy] = [fact(finding, "proxySetIn"), fact(finding, "proxyExceptedBy")];
  if (setIn !== null) return `Subvault goes through the proxy that is set in ${setIn || "the system’s settings"}.`;
  if (exceptedBy !== null)
    return `A proxy is set, but ${exceptedBy || "the list in the system’s settings"} leaves Twilio out. Subvault goes there directly.`;
  return "No proxy is set. Subvault goes to Twilio directly.";
}

function copies({ now }: Surroundings, finding: CheckFinding): string {
  const newest = fact(finding, "newestCopy");
  if (newest === null) return "The first copy is made when Subvault is next started.";
  return `The newest copy was made ${ago(newest, now)}.`;
}

function apart(finding: CheckFinding): string {
  const ahead = Number(fact(finding, "ahead") ?? 0);
  return `${duration(Math.abs(ahead))} ${ahead > 0 ? "ahead of" : "behind"}`;
}

/** Seconds in words, as exact as it matters. */
export function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 100) return plural(Math.round(seconds), "second");
  if (minutes < 60) return plural(minutes, "minute");
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours >= 48) return plural(Math.round(hours / 24), "day");
  // A minute more or less is the time the answer took.
  if (rest <= 1) return plural(hours, "hour");
  if (rest === 59) return plural(hours + 1, "hour");
  return `${plural(hours, "hour")} and ${plural(rest, "minute")}`;
}

/** Bytes as people speak of them. */
export function size(bytes: number): string {
  const megabytes = bytes / 1_000_000;
  if (megabytes < 1000) return `${count(Math.floor(megabytes))} MB`;
  return `${count(Math.floor(megabytes / 1000))} GB`;
}
