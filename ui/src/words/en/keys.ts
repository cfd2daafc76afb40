/** One API key: where its secret is, and what can be done with it. */
import type { KeyState } from "../../wire";

export const keys = {
  label: (sid: string) => `API key ${sid}`,
  states: {
    saved: "Saved here",
    sealedOnly: "Sealed copy only",
    notSaved: "Secret not saved",
    removedAtTwilio: "Key removed at Twilio",
    unfinished: "Unfinished",
  } satisfies Record<KeyState, string>,
  /** In place of the state where Twilio refused the key when it was last to be proved. */
  refused: "Refused by Twilio",
  sought: "This is the key you searched for.",
  sid: "API SID",
  secret: "API Secret",
  kind: "API key.",
  kindCreated: (date: string) => `API key, created ${date}.`,
  standard: "Standard key.",
  standardCreated: (date: string) => `Standard key, created ${date}.`,

  notSaved:
    "Twilio shows a secret only once, and this one is not saved on this computer. If you have it elsewhere, adopt the key; if not, make a new one.",
  removed: "The key was deleted at Twilio, so it no longer works anywhere.",
  refusedAt: (age: string) => `Twilio refused this key when it was to be proved, ${age}. It may have been deleted there.`,
  workedAtBackup: (age: string) => `Worked ${age}, as the backup says. Not proved here yet.`,
  works: (age: string) => `Works, proved ${age}.`,
  notProved: "Not proved yet.",

  handedOver: (service: string, date: string) => `Handed over to ${service}, ${date}`,
  notHandedOver: "Not handed over yet",
  prove: "Prove",
  proving: "Proving",
  saveToFile: "Save to a file…",

  /** Why no API key can be made for a subaccount now. */
  noNewKey: {
    gone: "Twilio no longer lists this subaccount.",
    closed: "A closed subaccount gets no new keys.",
    suspended: "Not while the subaccount is suspended.",
    unknown: "The subaccount’s status is not known.",
    notConnected: "Connect your Twilio account first.",
  },

  /** In place of a secret that is not shown, for those who do not see the dots. */
  hidden: "hidden",
  hiddenAgainIn: (seconds: number) => `Hidden again in ${seconds} s`,
};
