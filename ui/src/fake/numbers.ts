/** The made-up phone numbers: listed, moved, released. */
import { asFailure, failure } from "../failures/failure";
import type { Backend, NumberBeforeClosing, NumberRow } from "../wire";
import type { FakeSubaccount } from "./data";
import type { Run } from "./operations";
import { answer, changed, found, note, options, parentSid, wait, world } from "./world";

/** The main account's own. */
let ofTheParent: NumberRow[] = [];

function owned(accountSid: string): NumberRow[] {
  return accountSid === parentSid ? ofTheParent : found(accountSid).numbers;
}

function numberOf(accountSid: string, numberSid: string): NumberRow {
  const number = owned(accountSid).find(({ sid }) => sid === numberSid);
  if (number === undefined) throw failure("notFound", { subject: numberSid });
  return number;
}

function leave(accountSid: string, number: NumberRow): void {
  const rest = owned(accountSid).filter((one) => one !== number);
  if (accountSid === parentSid) ofTheParent = rest;
  else found(accountSid).numbers = rest;
}

function noteOf(accountSid: string, what: "numberMoved" | "numberReleased", detail: string): void {
  const owner = world.subaccounts.find(({ sid }) => sid === accountSid);
  if (owner !== undefined) note(owner, what, null, detail);
}

export async function moveNumber(accountSid: string, numberSid: string, to: string): Promise<void> {
  await answer("moveNumber");
  // A run that was interrupted may have moved it.
  if (owned(to).some(({ sid }) => sid === numberSid)) return;
  const number = numberOf(accountSid, numberSid);
  if (to !== parentSid && found(to).status === "closed") throw failure("numberNotMoved", { subject: number.number });
  leave(accountSid, number);
  owned(to).push(number);
  noteOf(accountSid, "numberMoved", `${number.number} ${to}`);
}

export async function releaseNumber(accountSid: string, numberSid: string): Promise<void> {
  await answer("releaseNumber");
  const number = numberOf(accountSid, numberSid);
  leave(accountSid, number);
  noteOf(accountSid, "numberReleased", number.number);
}

export async function closeSubaccount(accountSid: string, decided: NumberBeforeClosing[], run: Run): Promise<void> {
  await answer("closeSubaccount");
  const subaccount: FakeSubaccount = found(accountSid);
  if (subaccount.status === "closed") return;
  if (subaccount.status === "active") throw failure("notSuspended", { subject: subaccount.name });
  const known = new Set(decided.map(({ numberSid }) => numberSid));
  if (owned(accountSid).some(({ sid }) => !known.has(sid))) throw failure("numbersChanged");
  await moveThose(accountSid, decided, run);
  run.step("closeSubaccount", "running");
  Object.assign(subaccount, { status: "closed", numbers: [] });
  note(subaccount, "subaccountClosed", null);
  changed(subaccount);
  run.step("closeSubaccount", "done");
}

/** What was moved before one failed stays moved. */
async function moveThose(accountSid: string, decided: NumberBeforeClosing[], run: Run): Promise<void> {
  const has = new Set(owned(accountSid).map(({ sid }) => sid));
  const toMove = decided.flatMap(({ numberSid, moveTo }) => (moveTo !== null && has.has(numberSid) ? [{ numberSid, moveTo }] : []));
  run.step("moveNumbers", "running");
  for (const [done, { numberSid, moveTo }] of toMove.entries()) {
    run.step("moveNumbers", "running", { done, total: toMove.length });
    await wait(options.stepDelay);
    try {
      await moveNumber(accountSid, numberSid, moveTo);
    } catch (problem) {
      const failed = asFailure(problem);
      throw { ...failed, changed: done > 0 && failed.changed === "no" ? "yes" : failed.changed };
    }
  }
  run.step("moveNumbers", "done", { done: toMove.length, total: toMove.length });
}

export const numbers: Pick<Backend, "numbers"> = {
  async numbers(accountSid) {
    await answer("numbers");
    const all = owned(accountSid);
    return {
      numbers: structuredClone(all),
      isWhole: !options.numbersCut,
      withoutSid: 0,
      costLastMonth: all.length === 0 ? null : { amount: (1.15 * all.length).toFixed(2), currency: "USD" },
    };
  },
};

/** Gives a subaccount one more, as a colleague would. */
export function addNumber(accountSid: string): void {
  const number = `+1202555${String(900 + owned(accountSid).length).padStart(4, "0")}`;
  owned(accountSid).push({ sid: `PN${"f".repeat(24)}${number.slice(-8)}`, number, canText: true, canCall: true, kind: "local" });
}
