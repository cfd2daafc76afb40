/** Whether a subaccount may have a new API key. */
import type { SubaccountStatus } from "../wire";
import { words } from "../words";

/** Why no API key can be made for a subaccount now; null where one can. */
export function noNewKeyWords(row: { status: SubaccountStatus; gone: boolean }, connected: boolean): string | null {
  const why = words().keys.noNewKey;
  if (row.gone) return why.gone;
  if (row.status !== "active") return why[row.status];
  return connected ? null : why.notConnected;
}
