/** Trying out this computer: what is tried, what was found, and what to do about it. `ago` and `long` are times in words. */
import { count } from "../../numbers";
import type { CheckName, CheckProblem } from "../../wire";
import type { FoundProblem } from "../foundProblem";
import { plural } from "./plural";

export const checked = {
  titles: {
    dataFolder: "Data folder",
    records: "Records",
    network: "Network settings",
    twilio: "Connection to Twilio",
    twilioInPractice: "The made-up Twilio",
    clock: "Clock",
  },
  /** What will be done, or is being done. */
  doing: {
    keychain: "Saves a few test entries, reads them back and deletes them.",
    dataFolder: "Saves a test file, reads it back and looks how much room is left.",
    records: "Reads everything that Subvault has kept and looks for damage.",
    network: "Looks which proxy and which trusted certificates this computer is set to use.",
    twilio: "Asks Twilio for an answer. Nothing of yours is sent.",
    clock: "Compares this computer’s clock with the time in Twilio’s answer.",
  } satisfies Record<CheckName, string>,
  doingInPractice: "Asks the made-up Twilio of practice mode. The real one is not asked.",
  /** What may be in the way when something takes long. */
  slow: {
    keychain: (keychain: string) => `${keychain} has not answered yet. Look for a password box behind this window.`,
    dataFolder: "The disk is taking long to answer.",
    twilio: "No answer yet. A slow network can cause this.",
  },
  fine: {
    keychain: (keychain: string) => `${keychain} keeps, gives back and deletes what it should, and has room for more.`,
    dataFolder: "It can be written to.",
    dataFolderFree: (free: string) => `It can be written to, and ${free} are free.`,
    records: "Nothing is damaged. The first copy is made when Subvault is next started.",
    recordsCopied: (ago: string) => `Nothing is damaged. The newest copy was made ${ago}.`,
    networkInPractice: (way: string) => `${way} Practice mode uses neither.`,
    twilio: "Twilio answered, and proved that it is Twilio.",
    twilioInspected: (inspector: string | null) =>
      `Twilio answered. ${inspector ?? "something"} opens the connection on its way and reads it, which you allowed.`,
    twilioInPractice: "It answered. This says nothing about the way to the real Twilio.",
    clock: "It agrees with Twilio’s.",
  },
  /** Which way leads to Twilio, as a sentence; null where it is the system's settings that say so. */
  ways: {
    proxy: (setIn: string | null) => `Subvault goes through the proxy that is set in ${setIn ?? "the system’s settings"}.`,
    excepted: (by: string | null) =>
      `A proxy is set, but ${by ?? "the list in the system’s settings"} leaves Twilio out. Subvault goes there directly.`,
    direct: "No proxy is set. Subvault goes to Twilio directly.",
  },
  problems: {
    keychainNearlyFull: ({ keychain, room }) => ({
      text: plural(room, (n) => ({
        one: `${keychain} is nearly full: it takes only ${n} more entry.`,
        other: `${keychain} is nearly full: it takes only ${n} more entries.`,
      })),
      next: `Open ${keychain} and remove entries you no longer need. Games and office programs often leave many old ones there.`,
    }),
    sealingKeyMissing: ({ keychain }) => ({
      text: `${keychain} works, but the key that opens the sealed copies on this computer is no longer in it.`,
      next: "New secrets are sealed with a new key by themselves. To open the older copies, put back what is missing with your recovery passphrase.",
    }),
    keychainSeveralItems: ({ keychain }) => ({
      text: `${keychain} works, and holds several entries of one name, as after it was restored. Subvault uses the one that works, and has kept all of them.`,
      next: "You can have the others removed. Where nothing on this computer says which one works, Twilio is asked. An entry that may still be needed stays.",
    }),
    keychainEarlierToken: ({ keychain }) => ({
      text: `${keychain} works, and still holds the Auth Token of an account you disconnected. An earlier Subvault saved it there for all its data folders.`,
      next: "Remove it, unless another data folder of yours that has not been opened since is connected to that account.",
    }),
    littleSpace: ({ free }) => ({
      text: `It can be written to, but only ${free} are free on this disk.`,
      next: "Free some room before the disk is full. Subvault creates nothing while less than 10 MB are free.",
    }),
    proxyScript: ({ way }) => ({
      text: `This computer is set to ask a setup script (PAC) for its proxy, which Subvault does not do. ${way}`,
      next: "If Twilio cannot be reached, ask whoever looks after your network for the proxy’s name and port, and set HTTPS_PROXY to them.",
    }),
    inspected: ({ inspector }) => ({
      text: `Twilio answered, but ${inspector ?? "something"} opens the connection on its way and could read your Auth Token and each new secret. Until you allow that, Subvault sends neither.`,
      next: "Allow it only if it belongs to your company and may read them. If you do not know it, ask whoever looks after your network.",
    }),
    proxyOverruled: ({ overruled, way }) => ({
      text: `${overruled ?? "Another variable"} names another proxy, which is not used. ${way}`,
      next: "Set both to the same proxy, or take one away, then start Subvault again.",
    }),
    othersMayLook: () => ({
      text: "It can be written to, but other users of this computer may look into it: its disk has no access rights. Names, SIDs and what happened can be read there; secrets cannot.",
      next: "Keep Subvault’s data on a disk of this computer if others use it too.",
    }),
    othersMayReplace: () => ({
      text: "It can be written to, but a folder above it is open to everybody. Another user of this computer could put another folder in its place.",
      next: "Take the right to write in that folder from others, or move the data folder.",
    }),
    clockWrong: ({ clock }) => ({
      text: clock.isAhead
        ? `This computer’s clock is ${clock.by} ahead of Twilio’s.`
        : `This computer’s clock is ${clock.by} behind Twilio’s.`,
      next: "Open the date and time settings of your system, and let it set the clock by itself.",
    }),
    clockWrongZone: ({ clock }) => ({
      text: clock.isAhead
        ? `This computer’s clock is ${clock.by} ahead of Twilio’s. So round a difference often comes from a wrong time zone.`
        : `This computer’s clock is ${clock.by} behind Twilio’s. So round a difference often comes from a wrong time zone.`,
      next: "Open the date and time settings of your system. Choose your time zone first, then let the system set the clock by itself.",
    }),
    clockZoneUnknown: () => ({
      text: "The clock is right, but the system does not say which time zone it is set to.",
      next: "Choose your time zone in the date and time settings of your system. Until then, times may be shown for another place.",
    }),
    clockNotCompared: () => ({
      text: "Without an answer from Twilio there is nothing to compare it with.",
      next: "Put the connection to Twilio right first, then check again.",
    }),
    clockDoubted: () => ({
      text: "The clock is most likely wrong. Twilio’s proof of identity is not valid at the date and time that this computer has.",
      next: "Open the date and time settings of your system, set both, then check again.",
    }),
  } satisfies Record<CheckProblem, (found: FoundProblem) => { text: string; next: string }>,
  /** A failure of a request, which waits less long here than elsewhere. */
  timedOut: "There was no answer within 15 seconds.",
  failed: (title: string, happened: string) => `${title}. ${happened}`,
  /** What was measured, and where. */
  facts: {
    took: (milliseconds: number) => `took ${count(milliseconds)} ms`,
    subaccounts: (number: number) => plural(number, (n) => ({ one: `${n} subaccount`, other: `${n} subaccounts` })),
    noCopy: "no copy yet",
    copies: (number: number) => plural(number, (n) => ({ one: `${n} copy`, other: `${n} copies` })),
    onThisComputer: "on this computer",
    proxy: (address: string) => `through the proxy ${address}`,
    proxyOffers: (ways: string) => `it offers ${ways}`,
    proxyStatus: (status: string) => `it answered with status ${status}`,
    together: "less than 2 seconds apart",
    ahead: (long: string) => `${long} ahead`,
    behind: (long: string) => `${long} behind`,
  },
};
