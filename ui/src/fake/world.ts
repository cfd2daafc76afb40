/** The state of the made-up Rust side, and what its methods share: time, planned failures, steps, the clipboard. */
import { failure } from "../failures/failure";
import type {
  Activity,
  AppState,
  BackendEvents,
  Connection,
  Failure,
  FailureKind,
  FirstScreen,
  HandOverCard,
  KeyRow,
  ReadyKey,
  Preferences,
  RecordsNotice,
  StepName,
  StepState,
  SubaccountList,
  SubaccountRow,
  Unfinished,
  WhyNotReadable,
} from "../wire";
import { doneBy, makeActivity } from "./activity";
import { keepCustomers, keyFromElsewhere, makeSubaccounts, sid, type FakeSubaccount, newKeyRow } from "./data";
import { keyNameFor, services } from "./names";
import { onlineOnly } from "./online";
import { optionsFrom, type PlannedFailure } from "./options";

export const options = optionsFrom(globalThis.location?.search ?? "");
export const planned: PlannedFailure[] = [...options.failures];
export const calls: string[] = [];

export const now = Date.now();
const hour = 3_600_000;
export const listeners = new Map<keyof BackendEvents, Set<(payload: never) => void>>();

type World = {
  practice: boolean;
  connection: Connection | null;
  subaccounts: FakeSubaccount[];
  unfinished: Unfinished[];
  activity: Activity[];
  readAt: string | null;
  /** Subaccounts whose keys could not be read. */
  keysRefused: Set<string>;
};

export const parentSid = `AC${"0".repeat(28)}face`;
export const world = makeWorld(options.scene === "practice");

/** What is the same in practice mode and out of it. */
export const machine: { clipboard: string | null; offline: boolean; inspectionAllowed: boolean; preferences: Required<Preferences> } = {
  clipboard: null,
  offline: options.scene === "offline",
  inspectionAllowed: false,
  preferences: {
    service: "dicksonone",
    sort: { column: "name", descending: false },
    lockAfterMinutes: 5,
    clipboardSeconds: options.clipboardSeconds,
    refreshAtStart: options.refreshAtStart,
    keyAgeLimitMonths: options.ageLimit,
    hiddenColumns: options.hiddenColumns,
    backupPutOffAt: options.putOffHours === null ? null : new Date(Date.now() - options.putOffHours * 3_600_000).toISOString(),
  },
};

export const keychainName = () => ({ windows: "Credential Manager", macos: "Keychain", linux: "GNOME Keyring" })[options.platform];
export const dataFolder = () => "C:\\Users\\Dana\\AppData\\Local\\Subvault" + (world.practice ? "\\Practice" : "");

let numbers = 50_000;
export const nextNumber = () => numbers++;

export function makeWorld(practice: boolean): World {
  const { scene } = options;
  const connected = practice || !(scene === "welcome" || scene === "disconnected");
  const rows = scene === "empty" || (scene === "welcome" && !practice) ? 0 : options.rows;
  const subaccounts = makeSubaccounts(rows, now, {
    hostile: options.hostileNames,
    troubles: options.troubles,
    keyless: options.keyless,
    phoneNumbers: options.phoneNumbers,
  });
  for (const subaccount of subaccounts.slice(0, options.elsewhere)) subaccount.keys.push(keyFromElsewhere(subaccount));
  keepCustomers(subaccounts.slice(0, options.customers));
  if (scene === "first") for (const subaccount of subaccounts) unread(subaccount);
  return {
    practice,
    connection: connected ? connectionOf(practice) : null,
    subaccounts,
    unfinished: options.troubles && rows > 20 ? someUnfinished(subaccounts) : [],
    activity: makeActivity(subaccounts, now, options.olderActivity, options.hostileNames),
    keysRefused: new Set(subaccounts.slice(0, options.keysRefused).map(({ sid }) => sid)),
    readAt:
      scene === "first" || (rows === 0 && scene !== "empty")
        ? null
        : new Date(now - (scene === "offline" ? 3 * hour : 120_000)).toISOString(),
  };
}

function unread(subaccount: FakeSubaccount): void {
  subaccount.keysRead = false;
}

export function connectionOf(practice: boolean): Connection {
  return {
    accountSid: parentSid,
    name: practice ? "Practice Monitoring" : "Northwind Monitoring",
    trial: false,
    balance: { amount: "412.80", currency: "USD" },
    connectedAt: new Date(now - 40 * 24 * hour).toISOString(),
  };
}

function someUnfinished(subaccounts: FakeSubaccount[]): Unfinished[] {
  const at = subaccounts[15];
  if (at === undefined) return [];
  const key: KeyRow = {
    ...newKeyRow(sid("SK", 90_001), keyNameFor(at.name).keyName),
    createdAt: new Date(now - hour).toISOString(),
    state: "sealedOnly",
  };
  at.keys = [key];
  return [
    {
      id: 1,
      what: "key",
      name: at.name,
      keyName: key.name,
      running: false,
      accountSid: at.sid,
      keySid: key.sid,
      stage: "sealed",
      problem: failure("secretSealedOnly", { changed: "yes", unfinished: 1 }),
      canFinish: true,
      canDelete: true,
      startedAt: new Date(now - hour).toISOString(),
    },
  ];
}

let listened = false;

/** The window begins to hear what it is told. */
export function listen(): void {
  listened = true;
}

export function emit<Name extends keyof BackendEvents>(name: Name, payload: BackendEvents[Name]): void {
  if (!listened) return;
  for (const handler of listeners.get(name) ?? []) handler(payload as never);
}

export const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

function takePlanned(method: string, step: StepName | null): PlannedFailure | undefined {
  const place = planned.findIndex((plan) => plan.method === method && plan.step === step);
  const found = planned[place];
  if (found !== undefined && found.times > 0) {
    found.times -= 1;
    if (found.times === 0) planned.splice(place, 1);
  }
  return found;
}

/** Methods whose answers are kept back, and what each waits for. */
const held = new Map<string, { gate: Promise<void>; open: () => void }>();

export function hold(method: string): void {
  let open: () => void = () => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  held.set(method, { gate, open });
}

for (const method of options.held) hold(method);

export async function letGo(method: string): Promise<void> {
  held.get(method)?.open();
  held.delete(method);
  // Timers of the same length end in the order in which they began: what was asked before this has been answered then.
  await wait(options.delay);
}

/** Takes the time a call takes, and fails where a failure is planned. */
export async function answer(method: string): Promise<void> {
  calls.push(method);
  const kept = held.get(method)?.gate;
  await wait(options.delay);
  await kept;
  const plan = takePlanned(method, null);
  if (plan !== undefined) throw plannedAs(plan);
  if (machine.offline && onlineOnly.has(method)) throw failure("offline");
}

function plannedAs(plan: PlannedFailure, unfinished: number | null = null): Failure {
  const fromTwilio = ["wrongSignIn", "refused", "tooManyRequests", "noPermission", "twilioTrouble"].includes(plan.kind);
  return failure(plan.kind, {
    changed: plan.changed,
    unfinished,
    code: fromTwilio ? 20003 : null,
    status: fromTwilio ? 401 : null,
    requestId: fromTwilio ? `RQ${"0".repeat(31)}7` : null,
    words: fromTwilio ? "Authenticate" : null,
    technical: `planned: ${plan.method} ${plan.kind}`,
  });
}

export function found(accountSid: string): FakeSubaccount {
  const subaccount = world.subaccounts.find((one) => one.sid === accountSid);
  if (subaccount === undefined) throw failure("notFound", { subject: accountSid });
  return subaccount;
}

export function foundKey(keySid: string): { subaccount: FakeSubaccount; key: KeyRow } {
  for (const subaccount of world.subaccounts) {
    const key = subaccount.keys.find((one) => one.sid === keySid);
    if (key !== undefined) return { subaccount, key };
  }
  throw failure("notFound", { subject: keySid });
}

export function rowOf(subaccount: FakeSubaccount): SubaccountRow {
  const having = (state: KeyRow["state"]) => subaccount.keys.filter((key) => key.state === state).length;
  const saved = subaccount.keys.filter((key) => key.state === "saved" || key.state === "sealedOnly");
  return {
    sid: subaccount.sid,
    name: subaccount.name,
    status: subaccount.status,
    keySids: subaccount.keys.map((key) => key.sid),
    saved: having("saved"),
    unsaved: subaccount.keysRead ? having("notSaved") : null,
    removed: having("removedAtTwilio"),
    notHandedOver: saved.filter((key) => key.state === "saved" && key.handedOver === null).length,
    customerNumber: subaccount.customerNumber,
    tags: [...subaccount.tags],
    oldestKeyAt: oldestOf(subaccount),
    unfinished: world.unfinished.filter((one) => one.accountSid === subaccount.sid).length,
    spend: subaccount.spend === null || !subaccount.keysRead ? null : { amount: subaccount.spend, currency: "USD" },
    spendAsOf: world.readAt,
    notReadable: notReadable(subaccount),
    gone: subaccount.gone,
  };
}

function oldestOf({ keys }: FakeSubaccount): string | null {
  const made = keys.flatMap((key) => (key.state === "removedAtTwilio" || key.createdAt === null ? [] : [key.createdAt]));
  return made.sort()[0] ?? null;
}

/** Why something is not shown. */
export const refusal: WhyNotReadable = { kind: "notFound", status: 404, code: 20404, words: "The requested resource was not found" };

function notReadable(subaccount: FakeSubaccount): SubaccountRow["notReadable"] {
  const spend = world.subaccounts.indexOf(subaccount) < options.refused ? refusal : null;
  const keys = world.keysRefused.has(subaccount.sid) ? refusal : null;
  return spend === null && keys === null ? null : { spend, keys, keysWithoutSid: 0 };
}

export function note(subaccount: FakeSubaccount, what: Activity["what"], keySid: string | null, detail: string | null = null): void {
  const at = new Date().toISOString();
  const said = detail ?? subaccount.keys.find((key) => key.sid === keySid)?.name ?? null;
  world.activity.unshift(doneBy({ at, accountSid: subaccount.sid, accountName: subaccount.name, keySid, what, detail: said }));
}

export function changed(subaccount: FakeSubaccount): void {
  emit("rowsChanged", [rowOf(subaccount)]);
}

export function firstScreen(): Omit<FirstScreen, "operations" | "putOff"> {
  return { state: state(), list: savedList(), unfinished: [...world.unfinished] };
}

export function savedList(): SubaccountList {
  const oddities =
    options.odd === 0 && options.withoutSid.length === 0 ? null : { shown: options.odd, withoutSid: options.withoutSid, mayGoOn: false };
  return { rows: world.readAt === null ? [] : world.subaccounts.map(rowOf), readAt: world.readAt, oddities };
}

function state(): AppState {
  return {
    practice: world.practice,
    version: "0.1.0",
    platform: options.platform,
    keychainName: keychainName(),
    dataFolder: dataFolder(),
    connection: world.connection,
    services,
    preferences: machine.preferences,
    recordsNotice: recordsNotice(),
  };
}

function recordsNotice(): RecordsNotice | null {
  const folder = "C:\\Users\\Dana\\AppData\\Local\\Subvault\\records\\damaged-2026-11-23T08-14-05Z";
  switch (options.records) {
    case "restored":
      return { what: "restoredFromCopy", copyTakenAt: new Date(now - 26 * hour).toISOString(), setAside: folder };
    case "gone":
      return { what: "restoredFromCopy", copyTakenAt: new Date(now - 26 * hour).toISOString(), setAside: null };
    case "empty":
      return { what: "startedEmpty", setAside: folder };
    case "no-copy":
      return { what: "noCopyMade" };
    default:
      return null;
  }
}

/** Runs the steps, failing at a planned one; what was begun is then left as unfinished. */
export async function runSteps(
  method: string,
  steps: StepName[],
  run: { step(step: StepName, state: StepState): void },
  leave: (failed: StepName) => number | null,
): Promise<void> {
  for (const step of steps) {
    run.step(step, "running");
    await wait(options.stepDelay);
    const plan = takePlanned(method, step);
    if (plan !== undefined) {
      run.step(step, "failed");
      throw plannedAs(plan, leave(step));
    }
    run.step(step, "done");
  }
}

export const keySteps: StepName[] = ["createKey", "seal", "saveInKeychain", "nameKey", "prove"];

export function leaveUnfinished(entry: Omit<Unfinished, "id" | "problem" | "startedAt">, kind: FailureKind): number {
  const id = nextNumber();
  world.unfinished.push({ ...entry, id, problem: failure(kind, { changed: "yes", unfinished: id }), startedAt: new Date().toISOString() });
  emit("unfinishedChanged", [...world.unfinished]);
  return id;
}

export function newKey(subaccount: FakeSubaccount, name: string): KeyRow {
  const key: KeyRow = { ...newKeyRow(sid("SK", nextNumber()), name), state: "saved", provedAt: new Date().toISOString() };
  subaccount.keys.unshift(key);
  note(subaccount, "keyCreated", key.sid);
  changed(subaccount);
  return key;
}

export function madeOf(subaccount: FakeSubaccount, key: KeyRow): ReadyKey {
  return { accountSid: subaccount.sid, accountName: subaccount.name, keySid: key.sid };
}

export function cardOf(keySid: string): HandOverCard {
  const { subaccount, key } = foundKey(keySid);
  const service = services.find((one) => one.id === machine.preferences.service) ?? services[0];
  if (service === undefined) throw failure("internal");
  return {
    accountSid: subaccount.sid,
    accountName: subaccount.name,
    keySid,
    keyName: key.name,
    service,
    provedAt: key.provedAt,
    proofDue: key.proofDue,
    refusedAt: key.refusedAt,
    handedOver: key.handedOver,
    state: key.state,
  };
}

export function secretOf(keySid: string): string {
  return `not-a-real-secret-${keySid.slice(-14)}`;
}

let clearTimer: ReturnType<typeof setTimeout> | undefined;
export function copy(text: string, secret: boolean): void {
  machine.clipboard = text;
  clearTimeout(clearTimer);
  if (!secret) return;
  clearTimer = setTimeout(() => {
    machine.clipboard = null;
    emit("clipboardCleared", null);
  }, machine.preferences.clipboardSeconds * 1000);
}
