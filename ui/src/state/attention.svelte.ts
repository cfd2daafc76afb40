/** What waits for a person: unfinished things, subaccounts whose keys are not as they should be, and a backup that was put off. */
import { backupNotice } from "./backupNotice.svelte";
import { list } from "./list.svelte";
import { unfinished } from "./unfinished.svelte";

/** How many there are; a subaccount with something unfinished counts once. */
export function attentionCount(): number {
  const listed = new Set(list.entries.map((entry) => entry.row.sid));
  const unlisted = unfinished.waiting.filter((one) => one.accountSid === null || !listed.has(one.accountSid));
  return list.counts.attention + unlisted.length + Number(backupNotice.isInList);
}
