/** What the made-up Rust side finds when it tries out the computer. */
import { failure } from "../failures/failure";
import type { CheckEvent, CheckFact, CheckFactName, CheckFinding, CheckName, CheckProblem, CheckVerdict, FailureKind } from "../wire";
import { machine, now, options, wait, world } from "./world";

const order: CheckName[] = ["keychain", "dataFolder", "records", "network", "twilio", "clock"];

/** Goes through everything, one after the other. */
export async function checkEverything(onNews: (event: CheckEvent) => void): Promise<void> {
  for (const check of order) {
    onNews({ check, finding: null });
    await wait(options.stepDelay);
    onNews({ check, finding: findingOf(check) });
  }
}

function findingOf(check: CheckName): CheckFinding {
  const kind = plannedOf(check);
  if (kind === null) return { check, verdict: "fine", problem: null, failure: null, facts: factsOf(check, {}) };
  if (kind === "inspected" && machine.inspectionAllowed) {
    return { check, verdict: "fine", problem: null, failure: null, facts: factsOf(check, problemFacts.inspected) };
  }
  if (Object.hasOwn(problemFacts, kind)) {
    const problem = kind as CheckProblem;
    const verdict: CheckVerdict = problem === "clockNotCompared" ? "unknown" : problem === "clockDoubted" ? "broken" : "attention";
    return { check, verdict, problem, failure: null, facts: factsOf(check, problemFacts[problem]) };
  }
  const technical = `planned: ${kind}`;
  return {
    check,
    verdict: "broken",
    problem: null,
    failure: failure(kind as FailureKind, { technical }),
    facts: factsOf(check, { took: null }),
  };
}

/** `check=keychain:keychainLocked` in the address, as often as needed. */
function plannedOf(check: CheckName): string | null {
  const plan = options.checks.find((one) => one.startsWith(`${check}:`));
  if (plan !== undefined) return plan.slice(check.length + 1);
  if (!machine.offline) return null;
  return check === "twilio" ? "offline" : check === "clock" ? "clockNotCompared" : null;
}

type Facts = Partial<Record<CheckFactName, string | null>>;

const problemFacts: Record<CheckProblem, Facts> = {
  keychainNearlyFull: { room: "4" },
  sealingKeyMissing: {},
  keychainSeveralItems: {},
  keychainEarlierToken: {},
  littleSpace: { free: "212000000" },
  proxyScript: {},
  inspected: { inspectedBy: "Acme Inspection CA" },
  proxyOverruled: { proxy: "http://proxy.example:3128", proxySetIn: "https_proxy", proxyOverruled: "HTTPS_PROXY" },
  othersMayLook: {},
  othersMayReplace: {},
  clockWrong: { ahead: "-2465" },
  clockWrongZone: { ahead: "7202" },
  clockZoneUnknown: { zone: null },
  clockNotCompared: { ahead: null },
  clockDoubted: { ahead: null },
};

function factsOf(check: CheckName, changed: Facts): CheckFact[] {
  const usual: Record<CheckName, Facts> = {
    keychain: { keychain: "Credential Manager", took: "24" },
    dataFolder: { folder: "~/AppData/Roaming/Subvault", free: "131400000000", took: "9" },
    records: { subaccounts: String(world.subaccounts.length), copies: "6", newestCopy: new Date(now - 5 * 3_600_000).toISOString() },
    network: {},
    twilio: { host: "api.twilio.com", took: "131" },
    clock: { timeHere: new Date(now).toISOString(), zone: "Europe/Berlin", ahead: "1" },
  };
  const facts = { ...usual[check], ...changed };
  return Object.entries(facts).flatMap(([name, value]) => (value === null ? [] : [{ name: name as CheckFactName, value }]));
}
