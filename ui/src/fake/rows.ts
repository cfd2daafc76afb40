/** What of the made-up account the window is answered: a subaccount in detail, and the keys of all. */
import type { KeyList, SubaccountDetail } from "../wire";
import { foundOf } from "./activity";
import type { FakeSubaccount } from "./data";
import { refusal, rowOf, world } from "./world";

const everything = { accounts: null, kinds: null, since: null, until: null };
/** As much of the past as is shown of one subaccount. */
const shownOfOne = 200;

export function detailOf(subaccount: FakeSubaccount): SubaccountDetail {
  return {
    row: rowOf(subaccount),
    keys: structuredClone(subaccount.keys),
    note: subaccount.note,
    suspendedHere: subaccount.status === "suspended" ? subaccount.suspendedHere : null,
    keysReadAt: world.readAt,
    unfinished: world.unfinished.filter((one) => one.accountSid === subaccount.sid),
    activity: foundOf(world.activity, { ...everything, accounts: [subaccount.sid] }, shownOfOne, world.subaccounts).newest,
  };
}

/** The keys of these subaccounts, or of all. */
export function keysOf(accountSids: string[] | null): KeyList {
  const wanted = world.subaccounts.filter(({ sid }) => accountSids === null || accountSids.includes(sid));
  const unread = wanted.filter((one) => one.status !== "closed" && (!one.keysRead || world.keysRefused.has(one.sid)));
  return {
    keys: wanted.flatMap((one) =>
      (one.keysRead ? one.keys : []).map((key) => ({
        accountSid: one.sid,
        accountName: one.name,
        accountStatus: one.status,
        key: world.unfinished.some(({ keySid }) => keySid === key.sid) ? { ...key, state: "unfinished" } : structuredClone(key),
      })),
    ),
    notRead: unread.map((one) => ({
      accountSid: one.sid,
      accountName: one.name,
      why: world.keysRefused.has(one.sid) ? refusal : null,
    })),
    readAt: wanted.some(({ keysRead }) => keysRead) ? world.readAt : null,
  };
}
