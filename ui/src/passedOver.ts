/** Keys that were left out of something, as a sentence names them. */
import { isolated } from "./names";
import type { PassedOver } from "./wire";
import type { NamedKeys } from "./words/namedKeys";

const mostNamed = 5;

/** The first of them by name, and how many more there are. */
export function namedKeysOf(keys: readonly PassedOver[]): NamedKeys {
  const named = keys.slice(0, mostNamed).map((key) => ({ key: isolated(key.keyName), customer: isolated(key.accountName) }));
  return { named, more: keys.length - named.length };
}
