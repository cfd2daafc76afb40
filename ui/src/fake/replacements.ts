/** Keys that are being replaced, near enough for trying the screens. */
import { failure } from "../failures/failure";
import type { Backend, ReadyKey, Replacement } from "../wire";
import { newKeyRow, sid, type FakeSubaccount } from "./data";
import { answer, changed, found, foundKey, note, options, world } from "./world";

type Kept = {
  oldKeySid: string;
  newKeySid: string;
  begunAt: string;
  lookedAt: string | null;
  inUse: Replacement["inUse"];
  endedAt: string | null;
};

const oneDay = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * oneDay).toISOString();

const replacing = world.subaccounts.filter(({ status, keys }) => status === "active" && keys[0]?.state === "saved");
let kept: Kept[] = replacing.slice(0, options.replacing).flatMap(someReplacement);

/** One at a step that is another one's from place to place, the last of which is that it is done. */
function someReplacement(subaccount: FakeSubaccount, place: number): Kept[] {
  const [old] = subaccount.keys;
  if (old === undefined) return [];
  const step = place % 5;
  const handedOver = { at: daysAgo(20), serviceId: "dicksonone", serviceName: "DicksonOne" };
  const key = {
    ...newKeyRow(sid("SK", 300_000 + place), old.name),
    state: "saved" as const,
    createdAt: daysAgo(21),
    provedAt: daysAgo(0),
    handedOver: step === 0 || step === 3 ? null : handedOver,
    postponedAt: step === 3 ? daysAgo(6) : null,
  };
  subaccount.keys = step === 4 ? [key] : [key, ...subaccount.keys];
  return [
    {
      oldKeySid: old.sid,
      newKeySid: key.sid,
      begunAt: daysAgo(21),
      lookedAt: step === 1 ? daysAgo(0) : null,
      inUse: step === 2 || step === 4 ? { since: daysAgo(2), how: "seen" } : null,
      endedAt: step === 4 ? daysAgo(9) : null,
    },
  ];
}

/** The new key was made. */
export function begun(oldKeySid: string, { keySid }: ReadyKey): void {
  kept.unshift({ oldKeySid, newKeySid: keySid, begunAt: new Date().toISOString(), lookedAt: null, inUse: null, endedAt: null });
}

function all(): Replacement[] {
  return kept.flatMap((one) => {
    const subaccount = world.subaccounts.find(({ keys }) => keys.some(({ sid }) => sid === one.newKeySid));
    const key = subaccount?.keys.find(({ sid }) => sid === one.newKeySid);
    if (subaccount === undefined || key === undefined) return [];
    const old = subaccount.keys.find(({ sid }) => sid === one.oldKeySid);
    return {
      accountSid: subaccount.sid,
      accountName: subaccount.name,
      oldKeySid: one.oldKeySid,
      oldKeyMadeAt: old?.createdAt ?? null,
      newKeySid: key.sid,
      newKeyName: key.name,
      newKeyState: key.state,
      newKeyProvedAt: key.provedAt,
      stage: stageOf(one, key.handedOver !== null, old !== undefined),
      begunAt: one.begunAt,
      handedOver: key.handedOver,
      lookedAt: one.lookedAt,
      inUse: one.inUse,
      endedAt: one.endedAt,
    };
  });
}

function stageOf({ endedAt, inUse }: Kept, handedOver: boolean, oldIsThere: boolean): Replacement["stage"] {
  if (endedAt !== null || !oldIsThere) return "done";
  if (!handedOver) return "handOver";
  return inUse === null ? "inUse" : "deleteOld";
}

function find(oldKeySid: string): Kept {
  const one = kept.find((known) => known.oldKeySid === oldKeySid && known.endedAt === null);
  if (one === undefined) throw failure("unknownHere");
  return one;
}

/** Nothing was sent since, until the second look. */
export async function lookForUse(oldKeySid: string): Promise<void> {
  await answer("lookForUse");
  const one = find(oldKeySid);
  const { key, subaccount } = foundKey(one.newKeySid);
  if (key.handedOver === null) return;
  const now = new Date().toISOString();
  if (one.lookedAt !== null) one.inUse ??= { since: now, how: "seen" };
  one.lookedAt = now;
  changed(subaccount);
}

export async function deleteReplacedKey(oldKeySid: string, withoutWaiting: boolean): Promise<void> {
  await answer("deleteReplacedKey");
  const one = find(oldKeySid);
  const { key, subaccount } = foundKey(one.newKeySid);
  if (!withoutWaiting && (key.handedOver === null || one.inUse === null)) throw failure("successorNotInUse", { subject: subaccount.name });
  remove(subaccount.sid, oldKeySid);
  one.endedAt = new Date().toISOString();
}

export async function giveUpReplacing(oldKeySid: string): Promise<void> {
  await answer("giveUpReplacing");
  const one = find(oldKeySid);
  kept = kept.filter((other) => other !== one);
  remove(foundKey(one.newKeySid).subaccount.sid, one.newKeySid);
}

function remove(accountSid: string, keySid: string): void {
  const subaccount = found(accountSid);
  subaccount.keys = subaccount.keys.filter((key) => key.sid !== keySid);
  note(subaccount, "keyDeleted", keySid);
  changed(subaccount);
}

export const replacements: Pick<Backend, "replacements" | "sayInUse"> = {
  async replacements() {
    await answer("replacements");
    return all();
  },
  async sayInUse(oldKeySid) {
    await answer("sayInUse");
    const one = find(oldKeySid);
    one.inUse ??= { since: new Date().toISOString(), how: "said" };
    changed(foundKey(one.newKeySid).subaccount);
    return all();
  },
};
