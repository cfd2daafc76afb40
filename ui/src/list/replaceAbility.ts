/** Whether a key can be replaced, by where it is and by the state of its subaccount. */
import type { ListedKey } from "../wire";

/** In the order in which they are said. */
export const whysNotReplaced = ["beingReplaced", "unfinished", "gone", "suspended", "closed", "unknown"] as const;

export type WhyNotReplaced = (typeof whysNotReplaced)[number];

/** Why a key is not replaced; null where it can be. A new key is made only in a subaccount that is active. */
export function whyNotReplaced({ key, accountStatus }: ListedKey, isBeingReplaced: boolean): WhyNotReplaced | null {
  if (key.state === "unfinished") return "unfinished";
  if (isBeingReplaced) return "beingReplaced";
  if (key.state === "removedAtTwilio") return "gone";
  return accountStatus === "active" ? null : accountStatus;
}
