/** Trying out this computer: which words tell what is tried, what was found, and what to do about it. */
import { describe, type ActionName } from "../failures";
import { visibleText } from "../names";
import { ago, dateTime } from "../format";
import { words } from "../words";
import type { CheckFact, CheckFactName, CheckFinding, CheckName, CheckProblem } from "../wire";
import { duration, size } from "./measures";

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

/** What is tried. */
export function title(check: CheckName, { keychain, practice }: Surroundings): string {
  const { titles } = words().checked;
  if (check === "keychain") return keychain;
  return check === "twilio" && practice ? titles.twilioInPractice : titles[check];
}

/** What will be done, or is being done. */
export function doing(check: CheckName, { practice }: Surroundings): string {
  const said = words().checked;
  return check === "twilio" && practice ? said.doingInPractice : said.doing[check];
}

/** What may be in the way when something takes long; null where nothing is known to be. */
export function slow(check: CheckName, { keychain }: Surroundings): string | null {
  const said = words().checked.slow;
  if (check === "keychain") return said.keychain(keychain);
  return check === "dataFolder" || check === "twilio" ? said[check] : null;
}

/** The button that helps with each problem. */
export const problemActions: Record<CheckProblem, ActionName | null> = {
  keychainNearlyFull: "openKeychain",
  sealingKeyMissing: "openBackup",
  keychainSeveralItems: "tidyKeychain",
  keychainEarlierToken: "tidyKeychain",
  littleSpace: null,
  proxyScript: null,
  inspected: "allowInspection",
  proxyOverruled: null,
  othersMayLook: null,
  othersMayReplace: null,
  clockWrong: null,
  clockWrongZone: null,
  clockZoneUnknown: null,
  clockNotCompared: null,
  clockDoubted: null,
};

/** What was found, in words. */
export function wordsFor(finding: CheckFinding, about: Surroundings): Found {
  const { failure, problem } = finding;
  const said = words().checked;
  if (failure !== null) {
    const { title, happened, next, action } = describe(failure, about.keychain);
    const details = failure.technical === null ? [] : [failure.technical];
    // The sentence of an ordinary request speaks of its longer wait.
    const text = said.failed(title, failure.kind === "timedOut" ? said.timedOut : happened);
    return { text, next, action: action === "tryAgain" ? null : action, details };
  }
  if (problem !== null) {
    const found = said.problems[problem]({
      keychain: about.keychain,
      room: Number(fact(finding, "room") ?? 0),
      free: size(Number(fact(finding, "free") ?? 0)),
      way: wayOf(finding),
      inspector: inspectorIn(finding),
      overruled: fact(finding, "proxyOverruled"),
      clock: clockIn(finding),
    });
    return { ...found, action: problemActions[problem], details: [] };
  }
  return { text: fine(finding, about), next: null, action: null, details: [] };
}

function fine(finding: CheckFinding, { keychain, practice, now }: Surroundings): string {
  const said = words().checked.fine;
  switch (finding.check) {
    case "keychain":
      return said.keychain(keychain);
    case "dataFolder": {
      const free = fact(finding, "free");
      return free === null ? said.dataFolder : said.dataFolderFree(size(Number(free)));
    }
    case "records": {
      const newest = fact(finding, "newestCopy");
      return newest === null ? said.records : said.recordsCopied(ago(newest, now));
    }
    case "network":
      return practice ? said.networkInPractice(wayOf(finding)) : wayOf(finding);
    case "twilio":
      if (practice) return said.twilioInPractice;
      return fact(finding, "inspectedBy") === null ? said.twilio : said.twilioInspected(inspectorIn(finding));
    case "clock":
      return said.clock;
  }
}

/** The facts of a finding as a line: what was measured, and where. */
export function factsOf(finding: CheckFinding, about: Surroundings): string[] {
  return finding.facts.flatMap(({ name, value }) => factWords(name, value, about) ?? []);
}

/** What the sentence has said already is left out. */
function factWords(name: CheckFactName, value: string, { practice }: Surroundings): string | null {
  const said = words().checked.facts;
  switch (name) {
    case "took":
      return said.took(Number(value));
    case "folder":
      return value;
    case "subaccounts":
      return said.subaccounts(Number(value));
    case "copies":
      return value === "0" ? said.noCopy : said.copies(Number(value));
    case "host":
      return practice ? said.onThisComputer : value;
    case "proxy":
      return said.proxy(value);
    case "proxyOffers":
      return said.proxyOffers(value);
    case "proxyStatus":
      return said.proxyStatus(value);
    case "timeHere":
      return dateTime(value);
    case "zone":
      return value.replaceAll("_", " ");
    case "ahead": {
      const { by, isAhead } = clockOf(Number(value));
      return Math.abs(Number(value)) < 2 ? said.together : isAhead ? said.ahead(by) : said.behind(by);
    }
    case "keychain":
    case "room":
    case "free":
    case "newestCopy":
    case "proxySetIn":
    case "proxyExceptedBy":
    case "proxyOverruled":
    case "inspectedBy":
      return null;
  }
}

/** One sentence for all findings. */
export function summary(findings: readonly CheckFinding[]): { tone: "ok" | "warn" | "bad"; text: string } {
  const said = words().checkComputer.summary;
  const having = (verdict: CheckFinding["verdict"]) => findings.filter((finding) => finding.verdict === verdict).length;
  const broken = having("broken");
  const attention = having("attention");
  if (broken > 0) return { tone: "bad", text: said.broken(broken) };
  if (attention > 0) return { tone: "warn", text: said.attention(attention) };
  return { tone: "ok", text: said.fine };
}

function fact({ facts }: CheckFinding, name: CheckFactName): string | null {
  return facts.find((one: CheckFact) => one.name === name)?.value ?? null;
}

function inspectorIn(finding: CheckFinding): string | null {
  const name = fact(finding, "inspectedBy");
  return name === null ? null : visibleText(name);
}

/** What is set nowhere else is set in the system's settings, which have no name. */
function wayOf(finding: CheckFinding): string {
  const { ways } = words().checked;
  const [setIn, exceptedBy] = [fact(finding, "proxySetIn"), fact(finding, "proxyExceptedBy")];
  if (setIn !== null) return ways.proxy(setIn || null);
  if (exceptedBy !== null) return ways.excepted(exceptedBy || null);
  return ways.direct;
}

function clockIn(finding: CheckFinding): { by: string; isAhead: boolean } {
  return clockOf(Number(fact(finding, "ahead") ?? 0));
}

function clockOf(ahead: number): { by: string; isAhead: boolean } {
  return { by: duration(Math.abs(ahead)), isAhead: ahead > 0 };
}
