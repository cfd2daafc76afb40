/** What waits for a person: unfinished things, and subaccounts whose keys are not as they should be. */
import { list } from "./list.svelte";
import { unfinished } from "./unfinished.svelte";

/** Unfinished things and subaccounts that need attention; a subaccount with something unfinished counts once. */
export function attentionCount(): number {
  const listed = new Set(list.entries.map((entry) => entry.row.sid));
  const unlisted = unfinished.waiting.filter((one) => one.accountSid === null || !listed.has(one.accountSid));
  return list.counts.attention + unlisted.length;
}
