/** What became of keys that were to be adopted. A key may be among them several times, with another secret each. */
import type { AdoptedKey } from "../wire";

/** So many keys' secrets are kept now, and were not before. */
export function adoptedCount(adopted: readonly AdoptedKey[]): number {
  return new Set(adopted.filter(isAdopted).map(({ keySid }) => keySid)).size;
}

/** Keys whose secret is not here after all: what one secret did not do another one may have done. */
export function leftOver(adopted: readonly AdoptedKey[]): string[] {
  const here = new Set(adopted.filter((one) => isAdopted(one) || one.outcome.is === "savedAlready").map(({ keySid }) => keySid));
  return [...new Set(adopted.map(({ keySid }) => keySid))].filter((keySid) => !here.has(keySid));
}

function isAdopted({ outcome }: AdoptedKey): boolean {
  return outcome.is === "adopted" || outcome.is === "sealedOnly";
}
