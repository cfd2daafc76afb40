/** A made-up Rust side for development and browser tests. The shipped build does not contain it. */
import { failure } from "../failures/failure";
import { tidiedName } from "../names";
import type { Backend, Connection, Failure, FailureKind, ReadyKey, OperationResult, OperationSubject, Order, StepName } from "../wire";
import { checkEverything } from "./check";
import type { FakeControl } from "./control";
import { makeSubaccounts, sid, type FakeSubaccount } from "./data";
import { backups } from "./backups";
import { fakeLock, refuseWhileLocked, requireFresh } from "./lock";
import { keyNameFor } from "./names";
import { beginOperation, dismissOperation, forgetOperations, operations, stopOperations, Stopped, type Run } from "./operations";
import { plannedFailure } from "./options";
import { previewOf } from "./preview";
import {
  answer,
  calls,
  cardOf,
  changed,
  connectionOf,
  copy,
  detailOf,
  emit,
  firstScreen,
  found,
  foundKey,
  hold,
  keySteps,
  leaveUnfinished,
  letGo,
  listen,
  listeners,
  machine,
  madeOf,
  makeWorld,
  newKey,
  newKeyRow,
  nextNumber,
  note,
  now,
  options,
  parentSid,
  planned,
  rowOf,
  runSteps,
  savedList,
  secretOf,
  wait,
  world,
} from "./world";

const colleaguesSid = sid("AC", 77_777);
/** Counts the sign-ins that were begun or cancelled. */
let signIns = 0;
/** What an unfinished thing does not outlive. */
const ended: FailureKind[] = ["notCreated", "keyDeleted", "keyUnusableRemoved"];

/** Reads everything anew. */
async function refresh(run: Run): Promise<OperationResult> {
  run.step("readSubaccounts", "running");
  await answer("refresh");
  if (run.stopped) throw new Stopped();
  world.readAt = new Date().toISOString();
  emit("rowsChanged", world.subaccounts.map(rowOf));
  run.step("readSubaccounts", "done");
  const total = world.subaccounts.length;
  const portion = Math.max(1, Math.ceil(total / 20));
  for (let done = 0; done < total && !run.stopped; done += portion) {
    run.step("readDetails", "running", { done, total });
    await wait(options.delay);
    const part = world.subaccounts.slice(done, done + portion);
    for (const subaccount of part) subaccount.keysRead = true;
    emit("rowsChanged", part.map(rowOf));
  }
  if (run.stopped) throw new Stopped();
  run.step("readDetails", "done", { done: total, total });
  return { what: "refreshed", unread: options.unread };
}

/** Makes a subaccount and its key. */
async function createSubaccount(name: string, keyName: string, agreed: string[], run: Run): Promise<ReadyKey> {
  await answer("createSubaccount");
  colleaguesOne(name, agreed);
  const subaccount: FakeSubaccount = {
    sid: sid("AC", nextNumber()),
    name: tidiedName(name),
    status: "active",
    keys: [],
    keysRead: true,
    spend: "0.00",
    gone: false,
  };
  const add = () => {
    if (world.subaccounts.includes(subaccount)) return;
    world.subaccounts.push(subaccount);
    note(subaccount, "subaccountCreated", null);
  };
  await runSteps("createSubaccount", ["check", "createSubaccount", ...keySteps], run, (failed) => {
    if (failed === "check") return null;
    if (failed !== "createSubaccount") add();
    const made = failed !== "createSubaccount" && failed !== "createKey";
    const keySid = made ? sid("SK", nextNumber()) : null;
    if (made) subaccount.keys = [{ ...newKeyRow(keySid ?? "", keyName), state: "sealedOnly" }];
    const id = leaveUnfinished(
      {
        what: made ? "key" : "subaccount",
        name: subaccount.name,
        running: false,
        keyName: keyName,
        accountSid: failed === "createSubaccount" ? null : subaccount.sid,
        keySid,
        stage: made ? "sealed" : "sent",
        canFinish: true,
        canDelete: made,
      },
      made ? "secretSealedOnly" : "outcomeUnknown",
    );
    if (world.subaccounts.includes(subaccount)) changed(subaccount);
    return id;
  });
  add();
  return madeOf(subaccount, newKey(subaccount, keyName));
}

/** Makes a key in a subaccount. */
async function createKey(accountSid: string, name: string, run: Run): Promise<ReadyKey> {
  await answer("createKey");
  const subaccount = found(accountSid);
  await runSteps("createKey", ["check", ...keySteps], run, (failed) => {
    if (failed === "check") return null;
    const made = failed !== "createKey";
    const keySid = made ? sid("SK", nextNumber()) : null;
    if (keySid !== null) subaccount.keys.unshift({ ...newKeyRow(keySid, name), state: "sealedOnly" });
    const id = leaveUnfinished(
      {
        what: "key",
        name: subaccount.name,
        keyName: name,
        running: false,
        accountSid,
        keySid,
        stage: made ? "sealed" : "sent",
        canFinish: true,
        canDelete: made,
      },
      made ? "secretSealedOnly" : "outcomeUnknown",
    );
    changed(subaccount);
    return id;
  });
  return madeOf(subaccount, newKey(subaccount, name));
}

/** Goes on with something unfinished. */
async function finish(id: number, run: Run): Promise<ReadyKey> {
  const entry = world.unfinished.find((one) => one.id === id);
  if (entry === undefined) throw failure("unknownHere");
  const ends = () => {
    world.unfinished = world.unfinished.filter((one) => one !== entry);
    emit("unfinishedChanged", [...world.unfinished]);
  };
  try {
    await answer("finish");
  } catch (problem) {
    if (ended.includes((problem as Failure).kind)) ends();
    throw problem;
  }
  const steps: StepName[] = entry.keySid === null ? ["check", ...keySteps] : ["check", "saveInKeychain", "nameKey", "prove"];
  await runSteps("finish", steps, run, () => id);
  ends();
  let subaccount = world.subaccounts.find((one) => one.sid === entry.accountSid);
  if (subaccount === undefined) {
    subaccount = {
      sid: sid("AC", nextNumber()),
      name: entry.name,
      status: "active",
      keys: [],
      keysRead: true,
      spend: "0.00",
      gone: false,
    };
    world.subaccounts.push(subaccount);
  }
  const key = subaccount.keys.find((one) => one.sid === entry.keySid);
  if (key === undefined) return madeOf(subaccount, newKey(subaccount, entry.keyName ?? keyNameFor(entry.name).keyName));
  Object.assign(key, { state: "saved", provedAt: new Date().toISOString() });
  changed(subaccount);
  return madeOf(subaccount, key);
}

/** The work of an order. */
async function workOf(order: Order, run: Run): Promise<OperationResult> {
  switch (order.what) {
    case "refresh":
      return refresh(run);
    case "checkComputer":
      await answer("checkComputer");
      await checkEverything((event) => run.check(event));
      return { what: "done" };
    case "createSubaccount":
      return { what: "created", made: await createSubaccount(order.name, order.keyName, order.agreed, run) };
    case "renameSubaccount":
      await renameSubaccount(order.accountSid, order.name, order.agreed);
      return { what: "done" };
    case "createKey":
      return { what: "created", made: await createKey(order.accountSid, order.name, run) };
    case "finish":
      return { what: "created", made: await finish(order.entry, run) };
    case "proveKey":
      await proveKey(order.keySid);
      return { what: "done" };
  }
}

async function renameSubaccount(accountSid: string, name: string, agreed: string[]): Promise<void> {
  await answer("renameSubaccount");
  colleaguesOne(name, agreed);
  const subaccount = found(accountSid);
  note(subaccount, "subaccountRenamed", null, subaccount.name);
  subaccount.name = tidiedName(name);
  changed(subaccount);
}

/** A colleague has made one of this name meanwhile. */
function colleaguesOne(name: string, agreed: string[]): void {
  if (options.madeMeanwhile !== name || agreed.includes(colleaguesSid)) return;
  const theirs: FakeSubaccount = { sid: colleaguesSid, name, status: "active", keys: [], keysRead: true, spend: "0.00", gone: false };
  world.subaccounts.push(theirs);
  changed(theirs);
  throw failure("nameTaken", { subject: name });
}

async function proveKey(keySid: string): Promise<void> {
  await answer("proveKey");
  const { subaccount, key } = foundKey(keySid);
  key.provedAt = new Date().toISOString();
  changed(subaccount);
}

function subjectOf(order: Order): Partial<OperationSubject> {
  switch (order.what) {
    case "createSubaccount":
      return { name: order.name };
    case "createKey":
    case "renameSubaccount":
      return { name: order.name, accountSid: order.accountSid };
    case "finish":
      return { entry: order.entry };
    case "proveKey":
      return { keySid: order.keySid };
    default:
      return {};
  }
}

export const backend: Backend = {
  ...fakeLock,
  async start() {
    await answer("start");
    refuseWhileLocked("start");
    return { ...firstScreen(), operations: operations() };
  },
  async openPractice() {
    await answer("openPractice");
    forgetOperations();
    Object.assign(world, makeWorld(true));
    return { ...firstScreen(), operations: operations() };
  },
  async leavePractice() {
    await answer("leavePractice");
    forgetOperations();
    Object.assign(world, makeWorld(false));
    return { ...firstScreen(), operations: operations() };
  },
  async connect(accountSid, authToken) {
    const given = accountSid.replace(/["'\s]/g, "");
    if (given === "") throw failure("accountSidEmpty");
    if (/^SK[0-9a-f]{32}$/i.test(given)) throw failure("keySidInsteadOfAccountSid");
    if (!/^AC[0-9a-f]{32}$/i.test(given)) throw failure("accountSidMalformed");
    if (authToken.trim() === "") throw failure("authTokenEmpty");
    const mine = ++signIns;
    await wait(options.stepDelay);
    await answer("connect");
    if (mine !== signIns) throw failure("connectCancelled");
    const subaccounts =
      world.subaccounts.length > 0
        ? world.subaccounts
        : makeSubaccounts(options.rows, now, { hostile: options.hostileNames, troubles: options.troubles });
    Object.assign(world, { subaccounts, connection: { ...connectionOf(world.practice), accountSid: given } });
    emit("connectionChanged", world.connection);
    return world.connection as Connection;
  },
  async cancelConnect() {
    await answer("cancelConnect");
    signIns += 1;
  },
  async disconnect() {
    await answer("disconnect");
    world.connection = null;
    world.activity.unshift({
      at: new Date().toISOString(),
      accountSid: parentSid,
      accountName: null,
      keySid: null,
      what: "disconnected",
      detail: null,
    });
  },
  async subaccounts() {
    await answer("subaccounts");
    refuseWhileLocked("subaccounts");
    return savedList();
  },
  async begin(order) {
    refuseWhileLocked("begin");
    return beginOperation(order.what, subjectOf(order), (run) => workOf(order, run)).id;
  },
  async stopOperations(kind) {
    stopOperations(kind);
    await answer("stopOperations");
  },
  async dismissOperation(id) {
    dismissOperation(id);
  },
  async subaccount(accountSid) {
    await answer("subaccount");
    return detailOf(found(accountSid));
  },
  async refreshSubaccount(accountSid) {
    await answer("refreshSubaccount");
    return detailOf(found(accountSid));
  },
  async check(orders) {
    await answer("check");
    return orders.map(previewOf);
  },
  async suggestedKeyName(accountSid) {
    await answer("suggestedKeyName");
    return keyNameFor(found(accountSid).name).keyName;
  },
  async unfinished() {
    await answer("unfinished");
    return [...world.unfinished];
  },
  async deleteUnfinishedKey(id) {
    await answer("deleteUnfinishedKey");
    requireFresh();
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
    if (value === "secret") requireFresh();
    const card = cardOf(keySid);
    const text = value === "accountSid" ? card.accountSid : value === "keySid" ? keySid : secretOf(keySid);
    copy(text, value === "secret");
    return { clearsAfterSeconds: value === "secret" ? machine.preferences.clipboardSeconds : null };
  },
  async copyAccountSid(accountSid) {
    await answer("copyAccountSid");
    copy(accountSid, false);
    return { clearsAfterSeconds: null };
  },
  async showSecret(keySid) {
    await answer("showSecret");
    requireFresh();
    return { secret: secretOf(keySid), hideAfterSeconds: options.clipboardSeconds };
  },
  async secretOnScreen(shown) {
    calls.push(`secretOnScreen ${shown}`);
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
  async activity() {
    await answer("activity");
    return [...world.activity];
  },
  async setPreferences(next) {
    await answer("setPreferences");
    machine.preferences = { ...machine.preferences, ...next };
  },
  async copyCheckReport() {
    await answer("copyCheckReport");
    copy("Subvault on windows\nKeychain: Fine\n", false);
  },
  async allowInspection() {
    await answer("allowInspection");
    machine.inspectionAllowed = true;
  },
  async tidyKeychain() {
    await answer("tidyKeychain");
    return 1;
  },
  async openLink() {
    await answer("openLink");
  },
  ...backups,
  async laidOut() {
    calls.push("laidOut");
  },
  async painted() {
    calls.push("painted");
  },
  async quit() {
    await answer("quit");
  },
  async asksAboutClosing() {
    await answer("asksAboutClosing");
  },
  async quitAnyway() {
    await answer("quitAnyway");
  },
  async stopWaitingForKeychain() {
    await answer("stopWaitingForKeychain");
    emit("keychainWaits", false);
  },
  on(name, handler) {
    const handlers = listeners.get(name) ?? new Set();
    listeners.set(name, handlers);
    handlers.add(handler as (payload: never) => void);
  },
  listen,
};

const control: FakeControl = {
  fail: (plan) => void planned.push(plannedFailure(plan)),
  mend: () => void planned.splice(0),
  hold,
  letGo,
  setOffline: (cut) => {
    machine.offline = cut;
  },
  emit,
  askToClose: () => emit("closeAsked", [...world.unfinished]),
  calls,
  get clipboard() {
    return machine.clipboard;
  },
  get sids() {
    return world.subaccounts.map(({ sid }) => sid);
  },
};
globalThis.window.fake = control;
