/** Writing the list of keys, without secrets, into a file for another program. */
import { backend } from "../backend";
import { asFailure } from "../failures/failure";
import { keyTable } from "../list/keyTable";
import type { KeyEntry } from "../list/keyEntries";
import { isolatedText } from "../names";
import type { TableFormat } from "../wire";
import { words } from "../words";
import { keys } from "./keys.svelte";
import { list } from "./list.svelte";
import { notices } from "./notices.svelte";
import { sayFailure } from "./sayFailure";

/** The keys that would be written: those that are ticked, or all that are shown where none is. */
export function exportedKeys(): KeyEntry[] {
  return keys.selection.size === 0 ? keys.shown : keys.entries.filter(({ key }) => keys.selection.has(key.sid));
}

export async function exportKeyList(format: TableFormat): Promise<void> {
  const numbers = new Map(list.entries.map(({ row }) => [row.sid, row.customerNumber]));
  const table = keyTable(exportedKeys(), (accountSid) => numbers.get(accountSid) ?? "");
  try {
    const file = await backend.saveTable(words().keyList.table.file, table, format);
    if (file !== null) notices.show(words().keyList.exported(table.rows.length, isolatedText(file)), notices.lasting);
  } catch (problem) {
    sayFailure(asFailure(problem), () => void exportKeyList(format));
  }
}
