/** What stands at the left: the account, the ways to the screens, and the lock. */
import type { Snippet } from "svelte";
import { marked } from "../marked";

export const rail = {
  account: "Twilio account",
  trialAccount: "Twilio trial account",
  balance: (amount: Snippet) => marked`Balance ${amount}`,
  notConnected: "Not connected",
  connect: "Connect…",
  label: "Screens",
  screens: {
    subaccounts: "Subaccounts",
    keys: "Keys",
    attention: "Needs attention",
    activity: "Activity",
    backup: "Backup",
    settings: "Settings",
  },
  lockNow: "Lock now",
  lockNowWithKeys: { macos: "Lock now (⌘L)", others: "Lock now (Ctrl+L)" },
};
