/** What is there before an account is connected. */
import type { Snippet } from "svelte";
import { marked } from "../marked";

export const welcome = {
  title: "Welcome to Subvault",
  lead: "One Twilio subaccount for each customer, one API key for each subaccount, and every secret kept safe until it is handed over.",
  connect: "Connect your Twilio account",
  connectMeans: "You need its Account SID and its Auth Token. The Auth Token lets Subvault create subaccounts and keys for you.",
  tokenIsKept: (keychain: Snippet) => marked`It is kept in ${keychain} on this computer and goes nowhere but to Twilio.`,
  practice: "Try it with made-up data",
  practiceMeans: "Practice mode runs everything on a made-up Twilio inside this program. No sign-in, no internet, nothing to break.",
  practiceIsApart: "It keeps its own data apart from your real account.",
  opening: "Opening",
  anotherComputer: "Subvault was on another computer?",
  restore: "Restore a backup…",
  independent:
    "Subvault is an independent program. It is not made, endorsed or supported by Twilio or Dickson; their names belong to them.",
};
