/** Keys that a sentence names: by their names and their customers', safe to show, and how many more there are. */
export type NamedKeys = { named: readonly { key: string; customer: string }[]; more: number };

/** How many they are in all. */
export function numberOf({ named, more }: NamedKeys): number {
  return named.length + more;
}
