import type { NamedKeys } from "../namedKeys";
import { lists } from "./lists";

/** Such as: “Acme - DicksonOne” of Acme and 3 more. */
export function namedKeys({ named, more }: NamedKeys): string {
  const all = named.map(({ key, customer }) => `“${key}” of ${customer}`);
  return more === 0 ? lists.plain(all) : lists.and([...all, `${more} more`]);
}
