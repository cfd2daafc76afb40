/** Writing what was done, as far as the filter leaves it, into a file for another program. */
import { backend } from "../backend";
import { activityTable } from "../list/activityTable";
import { isolatedText } from "../names";
import type { TableFormat } from "../wire";
import { words } from "../words";
import { activity } from "./activity.svelte";
import { ofThisAccount } from "./latest";
import { list } from "./list.svelte";
import { notices } from "./notices.svelte";
import { sayFailure } from "./sayFailure";

/** More than there are of anybody. */
const all = 1_000_000;

export async function exportActivity(format: TableFormat): Promise<void> {
  const question = activity.question();
  const numbers = new Map(list.entries.map(({ row }) => [row.sid, row.customerNumber]));
  const answer = await ofThisAccount(async () => {
    const { newest } = await backend.activity(question, all);
    const table = activityTable(newest, (accountSid) => numbers.get(accountSid) ?? "");
    return { file: await backend.saveTable(words().activity.table.file, table, format), entries: newest.length };
  });
  if (answer === null) return;
  if (answer.failure !== null) return sayFailure(answer.failure, () => void exportActivity(format));
  const { file, entries } = answer.value;
  if (file !== null) notices.show(words().activity.exported(entries, isolatedText(file)), notices.lasting);
}
