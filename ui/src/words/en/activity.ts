/** What was done with Subvault on this computer. */
import type { Snippet } from "svelte";
import type { ActivityKind } from "../../wire";
import { marked } from "../marked";

export const activity = {
  title: "Activity",
  columns: {
    when: "Time",
    what: "What",
    whom: "Customer",
    apiKey: "API SID",
  },
  intro: "What was done with Subvault on this computer. Secrets are never written down here.",
  opening: "Opening",
  nothing: "Nothing yet",
  nothingMeans: "Subaccounts and keys you create, and what you hand over, are listed here.",
  what: {
    connected: "Connected to Twilio",
    disconnected: "Disconnected from Twilio",
    subaccountCreated: "Subaccount created",
    subaccountRenamed: "Subaccount renamed",
    subaccountSuspended: "Subaccount suspended",
    subaccountReactivated: "Subaccount reactivated",
    subaccountClosed: "Subaccount closed",
    numberMoved: "Phone number moved",
    numberReleased: "Phone number released",
    keyCreated: "API key created",
    keyAdopted: "API key adopted",
    keyRenamed: "API key renamed",
    keyDeleted: "Key deleted at Twilio",
    unusableKeyDeleted: "Unusable key deleted at Twilio",
    nothingWasMade: "An unfinished creation had made nothing",
    handedOver: "Handed over",
    handOverPostponed: "Hand-over put off",
    secretCopied: "Secret copied",
    secretShown: "Secret shown",
    credentialRemoved: "Saved credential removed",
    credentialRestored: "Lost secret put back from its sealed copy",
    passphraseSet: "Recovery passphrase set",
    backupRestored: "Backup restored",
    exported: "Keys saved for another program",
  } satisfies Record<ActivityKind, string>,
  handedOverTo: (service: string) => `Handed over to ${service}`,
  /** Below what was done. */
  nameBefore: (name: Snippet) => marked`Before: ${name}`,
  /** Of a number: where it went to, after what was done or by itself below it. */
  numberTo: (number: string, account: Snippet) => marked`${number} to ${account}`,
  numberMovedTo: (number: string, account: Snippet) => marked`Phone number ${number} moved to ${account}`,
  numberReleased: (number: string) => `Phone number ${number} released`,
  renamedFrom: (name: Snippet) => marked`Subaccount renamed, before: ${name}`,
};
