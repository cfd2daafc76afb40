/** What can be done with a subaccount from its row, without opening it. */
import { describe } from "../failures";
import { noNewKeyWords } from "../list/newKey";
import type { RowAction } from "../list/rowAction";
import type { SubaccountRow } from "../wire";
import { words } from "../words";
import { app } from "./app.svelte";
import { clipboard } from "./clipboard.svelte";
import { dialogs } from "./dialogs.svelte";
import { notices } from "./notices.svelte";

export function actionsOf(row: SubaccountRow): RowAction[] {
  const { sid: accountSid, name: accountName } = row;
  const connected = app.connection !== null;
  const actions: RowAction[] = [
    {
      label: words().buttons.newKey,
      reason: noNewKeyWords(row, connected),
      run: () => dialogs.open({ kind: "newKey", accountSid, accountName }),
    },
    { label: words().detail.copyAccountSid, reason: null, run: () => void copyAccountSid(accountSid) },
  ];
  if (!connected || row.gone || row.status === "closed") return actions;
  return [{ label: words().detail.rename, reason: null, run: () => dialogs.open({ kind: "rename", accountSid, accountName }) }, ...actions];
}

/** Copies it; there is no button beside it that could say so. */
async function copyAccountSid(accountSid: string): Promise<void> {
  const copying = await clipboard.copyAccountSid(accountSid);
  if (copying === "overtaken") return;
  if (copying === "copied") return notices.show(words().detail.accountSidCopied);
  const { title, next } = describe(copying, app.keychainName);
  notices.show(words().failures.short(title, next), {
    tone: "warn",
    action: { label: words().buttons.tryAgain, run: () => void copyAccountSid(accountSid) },
  });
}
