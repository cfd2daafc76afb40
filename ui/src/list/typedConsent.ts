/** What has to be typed before a thing is done that cannot be undone. */
import { folded } from "../names";
import type { ListedKey } from "../wire";

export type Consent =
  /** Nothing: a click is enough. */
  | { by: "click" }
  /** The customer's name, as names are compared. */
  | { by: "name"; name: string }
  /** How many they are. */
  | { by: "count"; count: number };

/** For revoking these keys: one that was handed over is somebody's, and several are counted. */
export function consentFor(keys: readonly ListedKey[]): Consent {
  const [only] = keys;
  if (only === undefined || keys.length > 1) return { by: "count", count: keys.length };
  // A name of nothing that is seen cannot be typed.
  if (only.key.handedOver === null || folded(only.accountName) === "") return { by: "click" };
  return { by: "name", name: only.accountName };
}

export function isGiven(consent: Consent, typed: string): boolean {
  switch (consent.by) {
    case "click":
      return true;
    case "name":
      return folded(typed) === folded(consent.name);
    case "count":
      return /^\d+$/.test(typed.trim()) && Number(typed) === consent.count;
  }
}
