/** What an order would come to, near enough for trying the screens. */
import { folded, tidiedName } from "../names";
import type { Order, Preview } from "../wire";
import { checkName, keyNameFor } from "./names";
import { found, world } from "./world";

export function previewOf(order: Order): Preview | null {
  switch (order.what) {
    case "createSubaccount":
      return ofSubaccount(order.name, null);
    case "renameSubaccount":
      return ofSubaccount(order.name, order.accountSid);
    case "createKey":
      return ofKey(order.accountSid, order.name, null);
    case "renameKey":
    case "replaceKey":
      return ofKey(order.accountSid, order.name, order.keySid);
    default:
      return null;
  }
}

function ofSubaccount(name: string, own: string | null): Preview {
  const key = keyNameFor(name);
  const same = world.subaccounts.filter((one) => folded(one.name) === folded(name) && one.sid !== own);
  return {
    name: tidiedName(name),
    keyName: key.keyName,
    keyNameCut: key.cut,
    problem: checkName(name),
    duplicates: same.map((one) => ({ sid: one.sid, name: one.name, status: one.status })),
  };
}

function ofKey(accountSid: string, name: string, own: string | null): Preview {
  const { name: customer, status, keys } = found(accountSid);
  const same = keys.filter((key) => folded(key.name) === folded(name) && key.sid !== own);
  return {
    name: customer,
    keyName: tidiedName(name),
    keyNameCut: false,
    problem: checkName(name),
    duplicates: same.map((key) => ({ sid: key.sid, name: key.name, status })),
  };
}
