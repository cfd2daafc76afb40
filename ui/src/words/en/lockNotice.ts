/** That it does not lock yet, and what comes of trying the system's own check. */
import type { SystemQuestion } from "../../wire";

const systemNames = {
  windowsHello: "Windows Hello",
  mac: "Touch ID or your Mac’s password",
  computerPassword: "this computer’s password",
} satisfies Record<SystemQuestion, string>;

export const lockNotice = {
  doesNotLock: "Subvault does not lock: there is no sure way yet to unlock it again. Set a recovery passphrase.",
  try: (system: SystemQuestion) => `Try ${systemNames[system]}…`,
  /** In the middle of a sentence. */
  systemNames,

  worked: "It worked.",
  workedAndLocks: "It worked. Subvault locks by itself from now on.",
  alreadyAsking: "You are being asked already. The question may be behind this window.",
  cannotAskNow: "This computer cannot ask at the moment, so it cannot unlock Subvault. Set a recovery passphrase instead.",
  notConfirmed: "It was not confirmed, so nothing was changed.",
  cannotLockYet: "Subvault cannot lock yet. Set a recovery passphrase under Backup first.",
  notLocked: "Subvault could not be locked. Try again.",
};
