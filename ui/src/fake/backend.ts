/** A made-up Rust side for development and browser tests. The shipped build does not contain it. */
import { failure, sentences } from "../failures";
import type {
  Activity, AppState, Backend, BackendEvents, Connection, Failure, FailureKind, HandOverCard, KeyRow, Made, Preferences,
  Preview, StepEvent, StepName, SubaccountDetail, SubaccountRow, Unfinished,
} from "../wire";
import type { FakeControl } from "./control";
import { makeActivity, makeSubaccounts, sid, type FakeSubaccount } from "./data";
import { checkName, keyNameFor, services } from "./names";
import { optionsFrom, plannedFailure, type PlannedFailure } from "./options";

const options = optionsFrom(globalThis.location?.search ?? "");
const planned: PlannedFailure[] = [...options.failures];
const calls: string[] = [];
let clipboard: string | null = null;
let offline = options.scene === "offline";

const now = Date.now();
const hour = 3_600_000;
const listeners = new Map<keyof BackendEvents, Set<(payload: never) => void>>();

type World = {
  practice: boolean;
  connection: Connection | null;
  subaccounts: FakeSubaccount[];
  unfinished: Unfinished[];
  activity: Activity[];
  readAt: string | null;
};

const parentSid = `AC${"0".repeat(28)}face`;
const world = makeWorld(options.scene === "practice");
let preferences: Preferences = { service: "dicksonone", sort: { column: "name", descending: false } };
let refreshStopped = false;
let nextNumber = 50_000;

function makeWorld(practice: boolean): World {
  const { scene } = options;
  const connected = practice || !(scene === "welcome" || scene === "disconnected");
  const rows = scene === "empty" || (scene === "welcome" && !practice) ? 0 : options.rows;
  const subaccounts = makeSubaccounts(rows, now, { hostile: options.hostileNames, troubles: options.troubles });
  if (scene === "first") for (const subaccount of subaccounts) unread(subaccount);
  return {
    practice,
    connection: connected ? connectionOf(practice) : null,
    subaccounts,
    unfinished: options.troubles && rows > 20 ? someUnfinished(subaccounts) : [],
    activity: makeActivity(subaccounts, now),
    readAt: scene === "first" || rows === 0 && scene !== "empty" ? null : new Date(now - (scene === "offline" ? 3 * hour : 120_000)).toISOString(),
  };
}

function unread(subaccount: FakeSubaccount): void {
  subaccount.keysRead = false;
}

function connectionOf(practice: boolean): Connection {
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
    sid: sid("SK", 90_001), name: keyNameFor(at.name).keyName, createdAt: new Date(now - hour).toISOString(),
    state: "sealedOnly", provedAt: null, handedOver: null, postponedAt: null,
  };
  at.keys = [key];
  return [
    {
      id: 1, what: "key", name: at.name, keyName: key.name, running: false, accountSid: at.sid, keySid: key.sid, stage: "sealed",
      problem: failure("secretSealedOnly", { changed: "yes", unfinished: 1 }), canFinish: true, canDelete: true,
      startedAt: new Date(now - hour).toISOString(),
    },
  ];
}

function emit<Name extends keyof BackendEvents>(name: Name, payload: BackendEvents[Name]): void {
  for (const handler of listeners.get(name) ?? []) handler(payload as never);
}

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

function takePlanned(method: string, step: StepName | null): PlannedFailure | undefined {
  const place = planned.findIndex((plan) => plan.method === method && plan.step === step);
  const found = planned[place];
  if (found !== undefined && found.times > 0) {
    found.times -= 1;
    if (found.times === 0) planned.splice(place, 1);
  }
  return found;
}

const onlineOnly = new Set(["connect", "refresh", "refreshSubaccount", "createSubaccount", "createKey", "finish", "deleteUnfinishedKey", "proveKey"]);

/** Takes the time a call takes, and fails where a failure is planned. */
async function answer(method: string): Promise<void> {
  calls.push(method);
  await wait(options.delay);
  const plan = takePlanned(method, null);
  if (plan !== undefined) throw plannedAs(plan);
  if (offline && onlineOnly.has(method)) throw failure("offline");
}

function plannedAs(plan: PlannedFailure, unfinished: number | null = null): Failure {
  const fromTwilio = ["wrongSignIn", "refused", "tooManyRequests", "noPermission", "twilioTrouble"].includes(plan.kind);
  return failure(plan.kind, {
    changed: plan.changed,
    unfinished,
    code: fromTwilio ? 20003 : null,
    status: fromTwilio ? 401 : null,
    requestId: fromTwilio ? `RQ${"0".repeat(31)}7` : null,
    technical: `planned: ${plan.method} ${plan.kind}`,
  });
}

function found(accountSid: string): FakeSubaccount {
  const subaccount = world.subaccounts.find((one) => one.sid === accountSid);
  if (subaccount === undefined) throw failure("notFound", { subject: accountSid });
  return subaccount;
}

function foundKey(keySid: string): { subaccount: FakeSubaccount; key: KeyRow } {
  for (const subaccount of world.subaccounts) {
    const key = subaccount.keys.find((one) => one.sid === keySid);
    if (key !== undefined) return { subaccount, key };
  }
  throw failure("notFound", { subject: keySid });
}

function rowOf(subaccount: FakeSubaccount): SubaccountRow {
  const having = (state: KeyRow["state"]) => subaccount.keys.filter((key) => key.state === state).length;
  const saved = subaccount.keys.filter((key) => key.state === "saved" || key.state === "sealedOnly");
  return {
    sid: subaccount.sid,
    name: subaccount.name,
    status: subaccount.status,
    createdAt: subaccount.createdAt,
    keySids: subaccount.keys.map((key) => key.sid),
    saved: having("saved"),
    unsaved: subaccount.keysRead ? having("notSaved") : null,
    removed: having("removedAtTwilio"),
    notHandedOver: saved.filter((key) => key.state === "saved" && key.handedOver === null).length,
    unfinished: world.unfinished.filter((one) => one.accountSid === subaccount.sid).length,
    spend: subaccount.spend === null || !subaccount.keysRead ? null : { amount: subaccount.spend, currency: "USD" },
    spendAsOf: world.readAt,
    gone: subaccount.gone,
  };
}

function detailOf(subaccount: FakeSubaccount): SubaccountDetail {
  return {
    row: rowOf(subaccount),
    keys: structuredClone(subaccount.keys),
    keysReadAt: world.readAt,
    unfinished: world.unfinished.filter((one) => one.accountSid === subaccount.sid),
    activity: world.activity.filter((one) => one.accountSid === subaccount.sid),
  };
}

function note(subaccount: FakeSubaccount, what: Activity["what"], keySid: string | null, detail: string | null = null): void {
  world.activity.unshift({ at: new Date().toISOString(), accountSid: subaccount.sid, accountName: subaccount.name, keySid, what, detail });
}

function changed(subaccount: FakeSubaccount): void {
  emit("rowsChanged", [rowOf(subaccount)]);
}

function state(): AppState {
  return {
    practice: world.practice,
    version: "0.1.0",
    platform: options.platform,
    keychainName: { windows: "Credential Manager", macos: "Keychain", linux: "GNOME Keyring" }[options.platform],
    dataFolder: "C:\\Users\\Dana\\AppData\\Local\\Subvault" + (world.practice ? "\\Practice" : ""),
    connection: world.connection,
    services,
    preferences,
    recordsNotice: null,
  };
}

/** Runs the steps, failing at a planned one; what was begun is then left as unfinished. */
async function runSteps(
  method: string, steps: StepName[], onStep: (event: StepEvent) => void, leave: (failed: StepName) => number | null,
): Promise<void> {
  for (const step of steps) {
    onStep({ step, state: "running" });
    await wait(options.stepDelay);
    const plan = takePlanned(method, step);
    if (plan !== undefined) {
      onStep({ step, state: "failed" });
      throw plannedAs(plan, leave(step));
    }
    onStep({ step, state: "done" });
  }
}

const keySteps: StepName[] = ["createKey", "seal", "saveInKeychain", "nameKey", "prove"];

function leaveUnfinished(entry: Omit<Unfinished, "id" | "problem" | "startedAt">, kind: FailureKind): number {
  const id = nextNumber++;
  world.unfinished.push({ ...entry, id, problem: failure(kind, { changed: "yes", unfinished: id }), startedAt: new Date().toISOString() });
  emit("unfinishedChanged", [...world.unfinished]);
  return id;
}

function newKey(subaccount: FakeSubaccount, name: string): KeyRow {
  const key: KeyRow = {
    sid: sid("SK", nextNumber++), name, createdAt: new Date().toISOString(), state: "saved",
    provedAt: new Date().toISOString(), handedOver: null, postponedAt: null,
  };
  subaccount.keys.unshift(key);
  note(subaccount, "keyCreated", key.sid);
  changed(subaccount);
  return key;
}

function madeOf(subaccount: FakeSubaccount, key: KeyRow): Made {
  return { accountSid: subaccount.sid, accountName: subaccount.name, keySid: key.sid };
}

function cardOf(keySid: string): HandOverCard {
  const { subaccount, key } = foundKey(keySid);
  const service = services.find((one) => one.id === preferences.service) ?? services[0];
  if (service === undefined) throw failure("internal");
  return {
    accountSid: subaccount.sid, accountName: subaccount.name, keySid, keyName: key.name, service,
    provedAt: key.provedAt, handedOver: key.handedOver, state: key.state,
  };
}

function secretOf(keySid: string): string {
  return `not-a-real-secret-${keySid.slice(-14)}`;
}

let clearTimer: ReturnType<typeof setTimeout> | undefined;
function copy(text: string, secret: boolean): void {
  clipboard = text;
  clearTimeout(clearTimer);
  if (!secret) return;
  clearTimer = setTimeout(() => {
    clipboard = null;
    emit("clipboardCleared", null);
  }, options.clipboardSeconds * 1000);
}

function preview(name: string, keyName: string, cut: boolean, duplicates: Preview["duplicates"]): Preview {
  return { name: name.trim(), keyName, keyNameCut: cut, problem: checkName(name), duplicates };
}

export const backend: Backend = {
  async start() {
    await answer("start");
    return state();
  },
  async openPractice() {
    await answer("openPractice");
    Object.assign(world, makeWorld(true));
    return state();
  },
  async leavePractice() {
    await answer("leavePractice");
    Object.assign(world, makeWorld(false));
    return state();
  },
  async connect(accountSid, authToken) {
    const given = accountSid.replace(/["'\s]/g, "");
    if (given === "") throw failure("accountSidEmpty");
    if (/^SK[0-9a-f]{32}$/i.test(given)) throw failure("keySidInsteadOfAccountSid");
    if (!/^AC[0-9a-f]{32}$/i.test(given)) throw failure("accountSidMalformed");
    if (authToken.trim() === "") throw failure("authTokenEmpty");
    await wait(options.stepDelay);
    await answer("connect");
    const subaccounts = world.subaccounts.length > 0 ? world.subaccounts : makeSubaccounts(options.rows, now, { hostile: options.hostileNames, troubles: options.troubles });
    Object.assign(world, { subaccounts, connection: { ...connectionOf(world.practice), accountSid: given } });
    emit("connectionChanged", world.connection);
    return world.connection as Connection;
  },
  async disconnect() {
    await answer("disconnect");
    world.connection = null;
    world.activity.unshift({ at: new Date().toISOString(), accountSid: parentSid, accountName: null, keySid: null, what: "disconnected", detail: null });
  },
  async subaccounts() {
    await answer("subaccounts");
    return { rows: world.readAt === null ? [] : world.subaccounts.map(rowOf), readAt: world.readAt };
  },
  async refresh() {
    refreshStopped = false;
    emit("refreshProgress", { phase: "subaccounts", done: 0, total: 0, failure: null });
    try {
      await answer("refresh");
    } catch (problem) {
      emit("refreshProgress", { phase: "failed", done: 0, total: 0, failure: problem as Failure });
      throw problem;
    }
    world.readAt = new Date().toISOString();
    emit("rowsChanged", world.subaccounts.map(rowOf));
    const total = world.subaccounts.length;
    const portion = Math.max(1, Math.ceil(total / 20));
    for (let done = 0; done < total && !refreshStopped; done += portion) {
      emit("refreshProgress", { phase: "details", done, total, failure: null });
      await wait(options.delay);
      const part = world.subaccounts.slice(done, done + portion);
      for (const subaccount of part) subaccount.keysRead = true;
      emit("rowsChanged", part.map(rowOf));
    }
    emit("refreshProgress", { phase: refreshStopped ? "stopped" : "done", done: total, total, failure: null });
  },
  async stopRefresh() {
    await answer("stopRefresh");
    refreshStopped = true;
  },
  async subaccount(accountSid) {
    await answer("subaccount");
    return detailOf(found(accountSid));
  },
  async refreshSubaccount(accountSid) {
    await answer("refreshSubaccount");
    return detailOf(found(accountSid));
  },
  async previewSubaccount(name) {
    await answer("previewSubaccount");
    const key = keyNameFor(name);
    const same = world.subaccounts.filter((one) => one.name.toLowerCase() === name.trim().toLowerCase());
    return preview(name, key.keyName, key.cut, same.map(({ sid, name, status }) => ({ sid, name, status })));
  },
  async previewKey(_accountSid, name) {
    await answer("previewKey");
    return preview(name, name.trim(), false, []);
  },
  async suggestedKeyName(accountSid) {
    await answer("suggestedKeyName");
    return keyNameFor(found(accountSid).name).keyName;
  },
  async createSubaccount(name, onStep) {
    await answer("createSubaccount");
    const subaccount: FakeSubaccount = {
      sid: sid("AC", nextNumber++), name: name.trim(), status: "active", createdAt: new Date().toISOString(),
      keys: [], keysRead: true, spend: "0.00", gone: false,
    };
    const add = () => {
      if (world.subaccounts.includes(subaccount)) return;
      world.subaccounts.push(subaccount);
      note(subaccount, "subaccountCreated", null);
    };
    await runSteps("createSubaccount", ["check", "createSubaccount", ...keySteps], onStep, (failed) => {
      if (failed === "check") return null;
      if (failed !== "createSubaccount") add();
      const made = failed !== "createSubaccount" && failed !== "createKey";
      const keySid = made ? sid("SK", nextNumber++) : null;
      if (made) subaccount.keys = [{ ...newKeyRow(keySid ?? "", keyNameFor(subaccount.name).keyName), state: "sealedOnly" }];
      const id = leaveUnfinished(
        {
          what: made ? "key" : "subaccount", name: subaccount.name, running: false,
          keyName: keyNameFor(subaccount.name).keyName, accountSid: failed === "createSubaccount" ? null : subaccount.sid,
          keySid, stage: made ? "sealed" : "sent", canFinish: true, canDelete: made,
        },
        made ? "secretSealedOnly" : "outcomeUnknown",
      );
      if (world.subaccounts.includes(subaccount)) changed(subaccount);
      return id;
    });
    add();
    return madeOf(subaccount, newKey(subaccount, keyNameFor(subaccount.name).keyName));
  },
  async createKey(accountSid, name, onStep) {
    await answer("createKey");
    const subaccount = found(accountSid);
    await runSteps("createKey", ["check", ...keySteps], onStep, (failed) => {
      if (failed === "check") return null;
      const made = failed !== "createKey";
      const keySid = made ? sid("SK", nextNumber++) : null;
      if (keySid !== null) subaccount.keys.unshift({ ...newKeyRow(keySid, name), state: "sealedOnly" });
      const id = leaveUnfinished(
        { what: "key", name: subaccount.name, keyName: name, running: false, accountSid, keySid, stage: made ? "sealed" : "sent", canFinish: true, canDelete: made },
        made ? "secretSealedOnly" : "outcomeUnknown",
      );
      changed(subaccount);
      return id;
    });
    return madeOf(subaccount, newKey(subaccount, name));
  },
  async unfinished() {
    await answer("unfinished");
    return [...world.unfinished];
  },
  async finish(id, onStep) {
    await answer("finish");
    const entry = world.unfinished.find((one) => one.id === id);
    if (entry === undefined) throw failure("notFound");
    const steps: StepName[] = entry.keySid === null ? ["check", ...keySteps] : ["check", "saveInKeychain", "nameKey", "prove"];
    await runSteps("finish", steps, onStep, () => id);
    world.unfinished = world.unfinished.filter((one) => one !== entry);
    emit("unfinishedChanged", [...world.unfinished]);
    let subaccount = world.subaccounts.find((one) => one.sid === entry.accountSid);
    if (subaccount === undefined) {
      subaccount = { sid: sid("AC", nextNumber++), name: entry.name, status: "active", createdAt: new Date().toISOString(), keys: [], keysRead: true, spend: "0.00", gone: false };
      world.subaccounts.push(subaccount);
    }
    const key = subaccount.keys.find((one) => one.sid === entry.keySid);
    if (key === undefined) return madeOf(subaccount, newKey(subaccount, entry.keyName ?? keyNameFor(entry.name).keyName));
    Object.assign(key, { state: "saved", provedAt: new Date().toISOString() });
    changed(subaccount);
    return madeOf(subaccount, key);
  },
  async deleteUnfinishedKey(id) {
    await answer("deleteUnfinishedKey");
    const entry = world.unfinished.find((one) => one.id === id);
    world.unfinished = world.unfinished.filter((one) => one.id !== id);
    emit("unfinishedChanged", [...world.unfinished]);
    const subaccount = world.subaccounts.find((one) => one.sid === entry?.accountSid);
    if (subaccount === undefined) return;
    subaccount.keys = subaccount.keys.filter((key) => key.sid !== entry?.keySid);
    note(subaccount, "keyDeleted", entry?.keySid ?? null);
    changed(subaccount);
  },
  async handOverCard(keySid) {
    await answer("handOverCard");
    return cardOf(keySid);
  },
  async copyValue(keySid, value) {
    await answer("copyValue");
    const card = cardOf(keySid);
    const text = value === "accountSid" ? card.accountSid : value === "keySid" ? keySid : secretOf(keySid);
    copy(text, value === "secret");
    return { clearsAfterSeconds: value === "secret" ? options.clipboardSeconds : null };
  },
  async copyAccountSid(accountSid) {
    await answer("copyAccountSid");
    copy(accountSid, false);
    return { clearsAfterSeconds: null };
  },
  async showSecret(keySid) {
    await answer("showSecret");
    return { secret: secretOf(keySid), hideAfterSeconds: options.clipboardSeconds };
  },
  async recordHandOver(keySid) {
    await answer("recordHandOver");
    const { subaccount, key } = foundKey(keySid);
    key.handedOver = { at: new Date().toISOString(), serviceName: cardOf(keySid).service.name };
    note(subaccount, "handedOver", keySid, key.handedOver.serviceName);
    changed(subaccount);
    return cardOf(keySid);
  },
  async postponeHandOver(keySid) {
    await answer("postponeHandOver");
    const { subaccount, key } = foundKey(keySid);
    key.postponedAt = new Date().toISOString();
    note(subaccount, "handOverPostponed", keySid);
    changed(subaccount);
  },
  async proveKey(keySid) {
    await answer("proveKey");
    const { subaccount, key } = foundKey(keySid);
    key.provedAt = new Date().toISOString();
    changed(subaccount);
    return { ...key };
  },
  async activity() {
    await answer("activity");
    return [...world.activity];
  },
  async setPreferences(next) {
    await answer("setPreferences");
    preferences = next;
  },
  async openLink() {
    await answer("openLink");
  },
  async painted() {
    calls.push("painted");
  },
  async quit() {
    await answer("quit");
  },
  on(name, handler) {
    const handlers = listeners.get(name) ?? new Set();
    listeners.set(name, handlers);
    handlers.add(handler as (payload: never) => void);
    return () => handlers.delete(handler as (payload: never) => void);
  },
};

function newKeyRow(keySid: string, name: string): KeyRow {
  return { sid: keySid, name, createdAt: new Date().toISOString(), state: "unfinished", provedAt: null, handedOver: null, postponedAt: null };
}

const control: FakeControl = {
  fail: (plan) => void planned.push(plannedFailure(plan)),
  mend: () => void planned.splice(0),
  setOffline: (cut) => {
    offline = cut;
  },
  emit,
  askToClose: () => emit("closeAsked", [...world.unfinished]),
  calls,
  get clipboard() {
    return clipboard;
  },
  kinds: Object.keys(sentences) as FailureKind[],
};
globalThis.window.fake = control;
