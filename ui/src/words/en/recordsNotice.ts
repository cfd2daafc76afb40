/** What became of records that were damaged. */
import type { Snippet } from "svelte";
import { marked } from "../marked";

export const recordsNotice = {
  restoredFromCopy: (takenAt: string) =>
    `The records were damaged, so Subvault opened its newest good copy, taken ${takenAt}. What was saved after that may not be in the list. Refresh to bring it up to date.`,
  startedEmpty: (keychain: string) =>
    `The records were damaged and there was no good copy, so Subvault started with empty ones. Secrets are still in ${keychain}.`,
  noCopyMade: "Today’s copy of the records could not be made. The records themselves are sound. There may be too little room on the disk.",
  damagedFile: (file: Snippet) => marked`The damaged file was kept, and lies here: ${file}`,
};
