/** What was done in a few groups that people look for. */
import type { ActivityKind } from "../wire";

export type ActivityGroup = "subaccounts" | "keys" | "secrets" | "numbers" | "connection";

export const activityGroups: readonly ActivityGroup[] = ["subaccounts", "keys", "secrets", "numbers", "connection"];

const groupOf: Record<ActivityKind, ActivityGroup> = {
  subaccountCreated: "subaccounts",
  subaccountRenamed: "subaccounts",
  subaccountSuspended: "subaccounts",
  subaccountReactivated: "subaccounts",
  subaccountClosed: "subaccounts",
  keyCreated: "keys",
  keyAdopted: "keys",
  keyRenamed: "keys",
  keyDeleted: "keys",
  unusableKeyDeleted: "keys",
  nothingWasMade: "keys",
  handedOver: "secrets",
  handOverPostponed: "secrets",
  secretCopied: "secrets",
  secretShown: "secrets",
  credentialRemoved: "secrets",
  credentialRestored: "secrets",
  exported: "secrets",
  numberMoved: "numbers",
  numberReleased: "numbers",
  connected: "connection",
  disconnected: "connection",
  passphraseSet: "connection",
  backupRestored: "connection",
};

export function kindsOf(group: ActivityGroup): ActivityKind[] {
  return (Object.keys(groupOf) as ActivityKind[]).filter((kind) => groupOf[kind] === group);
}
