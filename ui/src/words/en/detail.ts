/** The subaccount that is open beside the list. */
import type { Snippet } from "svelte";
import { marked } from "../marked";

export const detail = {
  accountSid: "Account SID",
  spend: (amount: Snippet) => marked`This month ${amount}`,
  spendCannotBeRead: "cannot be read",
  spendNotKnown: "not known yet",
  spendRead: (age: string) => `read ${age}`,
  actions: "Actions",
  rename: "Rename…",
  copyAccountSid: "Copy Account SID",
  accountSidCopied: "Account SID copied.",
  untitled: "Subaccount",
  tabsLabel: "About this subaccount",
  tabs: { credentials: "Credentials", numbers: "Numbers", notes: "Notes", activity: "Activity" },
  readingKeys: "Reading keys",
  notReadAnew: "Not read anew",
  suspended: "This subaccount is suspended. Twilio makes no new keys for it, and its keys do not work until it is active again.",
  closed: "This subaccount is closed for good. Its keys no longer work.",
  gone: "Twilio no longer lists this subaccount. What is saved here is kept.",
  opening: "Opening",
  keysNotKnown: "The keys of this subaccount are not known.",
  keysNotRead: "The keys of this subaccount have not been read yet.",
  noKey: "No API key yet. A key lets another service work for this customer, and only for this one.",
  whereSecretsAre: (keychain: string) => `Secrets live in ${keychain} on this computer and can be copied without internet.`,
  keysRead: (age: string) => `Keys were read ${age}.`,
  nothingDone: "Nothing has been done here with Subvault yet.",
};
