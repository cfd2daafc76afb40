/** What can be done with a subaccount from its row, or from its pane. */
import { describe } from "../failures";
import { noNewKeyWords } from "../list/newKey";
import type { RowAction } from "../list/rowAction";
import type { SubaccountRow } from "../wire";
import { words } from "../words";
import { app } from "./app.svelte";
import { clipboard } from "./clipboard.svelte";
import { dialogs } from "./dialogs.svelte";
import { notices } from "./notices.svelte";
import { refresh } from "./refresh.svelte";

export function canSuspend({ status, gone }: SubaccountRow): boolean {
  return status === "active" && !gone;
}

export function canReactivate({ status, gone }: SubaccountRow): boolean {
  return status === "suspended" && !gone;
}

export function canClose({ status, gone }: SubaccountRow): boolean {
  return (status === "active" || status === "suspended") && !gone;
}

/** Why no subaccount can be changed at Twilio now; null where they can. */
export function noChangeNow(): string | null {
  if (app.connection === null) return words().suspending.notConnected;
  return refresh.offline ? words().suspending.offline : null;
}

/** All that can be done from its row; the danger last. */
export function actionsOf(row: SubaccountRow): RowAction[] {
  const { sid: accountSid, name: accountName } = row;
  const others: RowAction[] = [
    {
      label: words().buttons.newKey,
      reason: noNewKeyWords(row, app.connection !== null),
      run: () => dialogs.open({ kind: "newKey", accountSid, accountName }),
    },
    { label: words().detail.copyAccountSid, reason: null, run: () => void copyAccountSid(accountSid) },
  ];
  return [...renaming(row), ...others, ...changesOf(row)];
}

/** What its pane has no button for. */
export function paneActionsOf(row: SubaccountRow): RowAction[] {
  return [...renaming(row), ...changesOf(row)];
}

function renaming({ sid: accountSid, name: accountName, gone, status }: SubaccountRow): RowAction[] {
  if (app.connection === null || gone || status === "closed") return [];
  return [{ label: words().detail.rename, reason: null, run: () => dialogs.open({ kind: "rename", accountSid, accountName }) }];
}

function changesOf(row: SubaccountRow): RowAction[] {
  const account = { sid: row.sid, name: row.name };
  const accounts = [account];
  const reason = noChangeNow();
  const changes: RowAction[] = [];
  if (canReactivate(row)) {
    changes.push({ label: words().suspending.reactivate, reason, run: () => dialogs.open({ kind: "reactivate", accounts }) });
  }
  if (canSuspend(row)) {
    changes.push({ label: words().suspending.suspend, reason, danger: true, run: () => dialogs.open({ kind: "suspend", accounts }) });
  }
  if (canClose(row)) {
    changes.push({ label: words().closing.close, reason, danger: true, run: () => dialogs.open({ kind: "closeSubaccount", account }) });
  }
  return changes;
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
