/** Settings, but for the lock. */
import { plural } from "./plural";

export const settings = {
  account: "Twilio account",
  name: "Name",
  accountSid: "Account SID",
  balance: "Balance",
  signIn: "Sign-in",
  signInSince: (date: string) => `Auth Token, connected ${date}`,
  refreshAtStart: "Read everything from Twilio when Subvault opens or is unlocked",
  refreshAtStartMeans:
    "Otherwise Subvault shows what was read last, until you press Refresh. What was left unfinished is finished all the same.",
  connectAgain: "Connect again…",
  disconnect: "Disconnect…",
  practiceAccount: "This is the made-up account of practice mode.",
  notConnected: "Not connected. What is saved on this computer can still be searched and copied.",
  connect: "Connect…",
  /** Asked before disconnecting; the account's name stands large below the title. */
  disconnecting: {
    title: "Disconnect from",
    tokenIsRemoved: (keychain: string) => `Subvault removes the Auth Token from ${keychain}. Nothing is changed at Twilio.`,
    whatStays:
      "Saved credentials stay on this computer and can still be searched, copied and shown. To create or refresh anything, connect again.",
    confirm: "Disconnect",
    cancel: "Stay connected",
  },

  keys: "Keys and hand-over",
  service: "New keys are named and handed over for",
  serviceMeans: "The hand-over card uses this service’s own words, in the order of its form. Keys that exist keep their names.",
  ageLimit: "Keys count as old after",
  months: (months: number) => plural(months, (n) => ({ one: `${n} month`, other: `${n} months` })),
  never: "Never",
  ageLimitMeans: "Customers with an older key are listed under Needs attention. Nothing happens to the keys themselves.",

  whereThings: "Where things are kept",
  secrets: "Secrets",
  secretsIn: (keychain: string, name: string) => `${keychain}, under the name ${name}`,
  openKeychain: (keychain: string) => `Open ${keychain}`,
  everythingElse: "Everything else",
  dataFolder: (keychain: string) =>
    `The data folder holds names, SIDs and dates, and sealed copies of secrets that open only with ${keychain}. It never holds a readable secret.`,

  check: "When something does not work",
  checkMeans: (keychain: string) =>
    `Subvault can try out ${keychain}, the disk, its records, the connection to Twilio and the clock, and say what to put right.`,
  checkComputer: "Check my computer",

  practice: "Practice",
  practising: "You are practising on a made-up Twilio.",
  leavePractice: "Leave practice",
  practiceMeans:
    "Practice mode runs everything on a made-up Twilio, with its own data. Your account is not touched, and you can leave at any time.",
  openPractice: "Open practice mode",

  about: "About Subvault",
  version: (version: string) => `Version ${version}. Free to use under the MIT or the Apache 2.0 licence, whichever you prefer.`,
  independent:
    "Subvault is an independent program. It is not made, endorsed or supported by Twilio or Dickson; their names belong to them. It talks to Twilio and to nobody else.",
};
