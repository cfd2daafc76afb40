/** The page that tries out this computer. */
import { plural } from "./plural";

export const checkComputer = {
  title: "Check my computer",
  intro:
    "When something does not work, this finds out where. Each thing is tried for real. Nothing is changed at Twilio, and no name, SID or secret leaves this computer.",
  checking: "Checking",
  checkAgain: "Check again",
  checkNow: "Check now",
  copyReport: "Copy report for support",
  reportCopied: "The report is on the clipboard. It holds no secrets and no customers’ names.",
  nothingToRemove: "Nothing had to be removed.",
  removed: (entries: number, keychain: string) =>
    plural(entries, (n) => ({ one: `Removed from ${keychain}: ${n} entry.`, other: `Removed from ${keychain}: ${n} entries.` })),
  details: "Details for support",
  /** Read out after what was tried. */
  verdicts: {
    ahead: "not tried yet",
    running: "being tried",
    fine: "works",
    attention: "works, and should be looked after",
    broken: "does not work",
    unknown: "not found out",
  },
  /** Of all findings. */
  summary: {
    fine: "Everything works as it should.",
    attention: (things: number) =>
      plural(things, (n) => ({
        one: "Everything works. One thing should be looked after.",
        other: `Everything works. ${n} things should be looked after.`,
      })),
    broken: (things: number) =>
      plural(things, (n) => ({
        one: "One thing does not work. What to do stands beside it.",
        other: `${n} things do not work. What to do stands beside each.`,
      })),
  },
};
