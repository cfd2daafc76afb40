/** What can be done with a key, by where it and its secret are and by the state of its subaccount. */
import type { ListedKey } from "../wire";
import { canHandOver } from "./credentials";

/** It is proved by signing a request with it, which a subaccount that is suspended or closed refuses, whatever the key. */
export function canProve({ key, accountStatus }: ListedKey): boolean {
  return canHandOver(key) && accountStatus !== "suspended" && accountStatus !== "closed";
}

/** Twilio has it, and it is not one that is still being made: that one is found again by its name. */
export function canChange({ key, accountStatus }: ListedKey): boolean {
  return accountStatus !== "closed" && key.state !== "unfinished" && key.state !== "removedAtTwilio";
}

/** Why nothing at all is done with a key together with others; null where something is. */
export function whyLeftOut({ key, accountStatus }: ListedKey): "unfinished" | "gone" | "closed" | null {
  if (key.state === "unfinished") return "unfinished";
  if (key.state === "removedAtTwilio") return "gone";
  return accountStatus === "closed" ? "closed" : null;
}

/** Why a key that can be changed is not proved; null where it is. */
export function whyNotProved(listed: ListedKey): "secretNotHere" | "suspended" | null {
  if (!canHandOver(listed.key)) return "secretNotHere";
  return canProve(listed) ? null : "suspended";
}
