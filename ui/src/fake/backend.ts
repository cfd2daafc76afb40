/** A made-up Rust side for development and browser tests. The shipped build does not contain it. */
import { failure } from "../failures/failure";
import type { Backend, Connection } from "../wire";
import type { FakeControl } from "./control";
import { makeSubaccounts } from "./data";
import { doneBy, foundOf } from "./activity";
import { adopting } from "./adopt";
import { attention, putOffs } from "./attention";
import { backups } from "./backups";
import { batches, forgetBatches } from "./batches";
import { fakeLock, refuseWhileLocked, requireFresh } from "./lock";
import { keyNameFor } from "./names";
import { beginOperation, dismissOperation, forgetOperations, operations, stopOperation, stopOperations } from "./operations";
import { plannedFailure } from "./options";
import { addNumber, numbers } from "./numbers";
import { isForGood, subjectOf, workOf } from "./orders";
import { previewOf } from "./preview";
import { replacements } from "./replacements";
import { detailOf, keysOf } from "./rows";
import {
  answer,
  calls,
  cardOf,
  changed,
  connectionOf,
  copy,
  emit,
  firstScreen,
  found,
  foundKey,
  hold,
  letGo,
  listen,
  listeners,
  machine,
  makeWorld,
  note,
  now,
  options,
  parentSid,
  planned,
  savedList,
  secretOf,
  wait,
  world,
} from "./world";

/** Counts the sign-ins that were begun or cancelled. */
let signIns = 0;
export const backend: Backend = {
  ...fakeLock,
  async start() {
    await answer("start");
    refuseWhileLocked("start");
    return { ...firstScreen(), operations: operations(), putOff: putOffs() };
  },
  async openPractice() {
    await answer("openPractice");
    forgetOperations();
    forgetBatches();
    Object.assign(world, makeWorld(true));
    return { ...firstScreen(), operations: operations(), putOff: putOffs() };
  },
  async leavePractice() {
    await answer("leavePractice");
    forgetOperations();
    forgetBatches();
    Object.assign(world, makeWorld(false));
    return { ...firstScreen(), operations: operations(), putOff: putOffs() };
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
    world.activity.unshift(
      doneBy({ at: new Date().toISOString(), accountSid: parentSid, what: "disconnected", detail: connectionOf(world.practice).name }),
    );
  },
  async subaccounts() {
    await answer("subaccounts");
    refuseWhileLocked("subaccounts");
    return savedList();
  },
  async begin(order) {
    refuseWhileLocked("begin");
    if (isForGood(order)) requireFresh();
    return beginOperation(order.what, subjectOf(order), (run) => workOf(order, run)).id;
  },
  ...batches,
  ...replacements,
  ...adopting,
  ...attention,
  ...numbers,
  async saveTable(name, table, format) {
    await answer("saveTable");
    calls.push(`saveTable ${name}.${format} ${table.rows.length}`);
    return `C:\\Users\\Dana\\Documents\\${name}.${format}`;
  },
  async stopOperation(id) {
    await answer("stopOperation");
    stopOperation(id);
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
  async keys(accountSids) {
    await answer("keys");
    return keysOf(accountSids);
  },
  async keepCustomer(accountSid, number, tags, note) {
    await answer("keepCustomer");
    const subaccount = found(accountSid);
    Object.assign(subaccount, { customerNumber: number.trim(), tags: [...new Set(tags.map((tag) => tag.trim()))], note: note.trim() });
    changed(subaccount);
    return detailOf(subaccount);
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
  async activity(query, limit) {
    await answer("activity");
    return foundOf(world.activity, query, limit, world.subaccounts);
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
  addNumber,
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
