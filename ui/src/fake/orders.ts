/** What the made-up Rust side does with each order. */
import { failure } from "../failures/failure";
import { tidiedName } from "../names";
import type { Failure, FailureKind, OperationResult, OperationSubject, Order, ReadyKey, StepName } from "../wire";
import { checkEverything } from "./check";
import { newKeyRow, newSubaccount, sid } from "./data";
import { keyNameFor } from "./names";
import { closeSubaccount, moveNumber, releaseNumber } from "./numbers";
import { Stopped, type Run } from "./operations";
import { begun, deleteReplacedKey, giveUpReplacing, lookForUse } from "./replacements";
import {
  answer,
  changed,
  emit,
  found,
  foundKey,
  keySteps,
  leaveUnfinished,
  madeOf,
  newKey,
  nextNumber,
  note,
  options,
  rowOf,
  runSteps,
  wait,
  world,
} from "./world";

const colleaguesSid = sid("AC", 77_777);
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
  const subaccount = newSubaccount(sid("AC", nextNumber()), tidiedName(name));
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
    subaccount = newSubaccount(sid("AC", nextNumber()), entry.name);
    world.subaccounts.push(subaccount);
  }
  const key = subaccount.keys.find((one) => one.sid === entry.keySid);
  if (key === undefined) return madeOf(subaccount, newKey(subaccount, entry.keyName ?? keyNameFor(entry.name).keyName));
  Object.assign(key, { state: "saved", provedAt: new Date().toISOString() });
  changed(subaccount);
  return madeOf(subaccount, key);
}

/** The work of an order. */
export async function workOf(order: Order, run: Run): Promise<OperationResult> {
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
    case "readSubaccount":
      await answer("readSubaccount");
      found(order.accountSid).keysRead = true;
      world.keysRefused.delete(order.accountSid);
      changed(found(order.accountSid));
      return { what: "done" };
    case "suspendSubaccount":
      await setStatus(order.accountSid, "suspended", order.reason);
      return { what: "done" };
    case "reactivateSubaccount":
      await setStatus(order.accountSid, "active", null);
      return { what: "done" };
    case "closeSubaccount":
      await closeSubaccount(order.accountSid, order.numbers, run);
      return { what: "done" };
    case "moveNumber":
      await moveNumber(order.accountSid, order.numberSid, order.to);
      return { what: "done" };
    case "releaseNumber":
      await releaseNumber(order.accountSid, order.numberSid);
      return { what: "done" };
    case "renameKey":
      await renameKey(order.keySid, order.name);
      return { what: "done" };
    case "revokeKey":
      await revokeKey(order.keySid);
      return { what: "done" };
    case "replaceKey": {
      const made = await createKey(order.accountSid, order.name, run);
      begun(order.keySid, made);
      return { what: "created", made };
    }
    case "lookForUse":
      await lookForUse(order.keySid);
      return { what: "done" };
    case "deleteReplacedKey":
      await deleteReplacedKey(order.keySid, order.withoutWaiting);
      return { what: "done" };
    case "giveUpReplacing":
      await giveUpReplacing(order.keySid);
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

async function setStatus(accountSid: string, status: "active" | "suspended", reason: string | null): Promise<void> {
  await answer(status === "active" ? "reactivateSubaccount" : "suspendSubaccount");
  const subaccount = found(accountSid);
  if (status === "active" && subaccount.suspendedByTwilio) throw failure("suspendedByTwilio", { subject: subaccount.name });
  subaccount.status = status;
  subaccount.suspendedHere = status === "active" ? null : { at: new Date().toISOString(), reason: reason ?? "" };
  note(subaccount, status === "active" ? "subaccountReactivated" : "subaccountSuspended", null, reason === "" ? null : reason);
  changed(subaccount);
}

async function renameKey(keySid: string, name: string): Promise<void> {
  await answer("renameKey");
  const { subaccount, key } = foundKey(keySid);
  note(subaccount, "keyRenamed", keySid, key.name);
  key.name = tidiedName(name);
  changed(subaccount);
}

async function revokeKey(keySid: string): Promise<void> {
  await answer("revokeKey");
  const { subaccount } = foundKey(keySid);
  subaccount.keys = subaccount.keys.filter((key) => key.sid !== keySid);
  note(subaccount, "keyDeleted", keySid);
  changed(subaccount);
}

/** A colleague has made one of this name meanwhile. */
function colleaguesOne(name: string, agreed: string[]): void {
  if (options.madeMeanwhile !== name || agreed.includes(colleaguesSid)) return;
  const theirs = newSubaccount(colleaguesSid, name);
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

/** What nobody can undo is begun for who has just said who they are. */
export function isForGood({ what }: Order): boolean {
  return ["revokeKey", "deleteReplacedKey", "giveUpReplacing", "releaseNumber", "closeSubaccount"].includes(what);
}

/** What an order is about, for a list. */
export function subjectOf(order: Order): Partial<OperationSubject> {
  switch (order.what) {
    case "createSubaccount":
      return { name: order.name };
    case "createKey":
    case "renameSubaccount":
      return { name: order.name, accountSid: order.accountSid };
    case "finish":
      return { entry: order.entry };
    case "readSubaccount":
    case "suspendSubaccount":
    case "reactivateSubaccount":
    case "closeSubaccount":
    case "moveNumber":
    case "releaseNumber":
      return { accountSid: order.accountSid };
    case "renameKey":
    case "replaceKey":
    case "revokeKey":
      return { accountSid: order.accountSid, keySid: order.keySid };
    case "lookForUse":
    case "deleteReplacedKey":
    case "giveUpReplacing":
    case "proveKey":
      return { keySid: order.keySid };
    default:
      return {};
  }
}
