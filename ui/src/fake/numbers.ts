/** The made-up phone numbers: listed, moved, released. */
import { failure } from "../failures/failure";
import type { Backend, NumberBeforeClosing, NumberRow } from "../wire";
import type { FakeSubaccount } from "./data";
import { answer, changed, found, note, parentSid, world } from "./world";

/** The main account's own. */
let ofTheParent: NumberRow[] = [];

function owned(accountSid: string): NumberRow[] {
  return accountSid === parentSid ? ofTheParent : found(accountSid).numbers;
}

function take(accountSid: string, numberSid: string): NumberRow {
  const number = owned(accountSid).find(({ sid }) => sid === numberSid);
  if (number === undefined) throw failure("notFound", { subject: numberSid });
  const rest = owned(accountSid).filter((one) => one !== number);
  if (accountSid === parentSid) ofTheParent = rest;
  else found(accountSid).numbers = rest;
  return number;
}

export async function moveNumber(accountSid: string, numberSid: string, to: string): Promise<void> {
  await answer("moveNumber");
  const number = take(accountSid, numberSid);
  owned(to).push(number);
  const owner = world.subaccounts.find(({ sid }) => sid === accountSid);
  if (owner !== undefined) note(owner, "numberMoved", null, `${number.number} ${to}`);
}

export async function releaseNumber(accountSid: string, numberSid: string): Promise<void> {
  await answer("releaseNumber");
  const number = take(accountSid, numberSid);
  const owner = world.subaccounts.find(({ sid }) => sid === accountSid);
  if (owner !== undefined) note(owner, "numberReleased", null, number.number);
}

export async function closeSubaccount(accountSid: string, decided: NumberBeforeClosing[]): Promise<void> {
  await answer("closeSubaccount");
  const subaccount: FakeSubaccount = found(accountSid);
  if (subaccount.status === "active") throw failure("notSuspended", { subject: subaccount.name });
  const known = new Set(decided.map(({ numberSid }) => numberSid));
  if (subaccount.numbers.some(({ sid }) => !known.has(sid))) throw failure("numbersChanged", { subject: subaccount.name });
  for (const { numberSid, moveTo } of decided) if (moveTo !== null) await moveNumber(accountSid, numberSid, moveTo);
  Object.assign(subaccount, { status: "closed", numbers: [] });
  note(subaccount, "subaccountClosed", null);
  changed(subaccount);
}

export const numbers: Pick<Backend, "numbers"> = {
  async numbers(accountSid) {
    await answer("numbers");
    return {
      numbers: structuredClone(owned(accountSid)),
      isWhole: true,
      withoutSid: 0,
      costLastMonth: { amount: "1.15", currency: "USD" },
    };
  },
};
