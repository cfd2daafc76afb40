import type { FailureKind } from "../../../wire";
import type { FailureSentences } from "../../failureSentence";

export const keychain = {
  keychainMissing: ({ keychain }) => ({
    title: `${keychain} is not there`,
    happened: `Subvault keeps secrets only in ${keychain}, and it is not running on this computer.`,
    next: "Start it, or start the computer again, then try again. On Linux, install GNOME Keyring, KWallet or KeePassXC.",
  }),
  keychainNoBus: ({ keychain }) => ({
    title: "Subvault cannot reach the place for secrets",
    happened: `Programs reach ${keychain} by the session’s message bus (D-Bus), and this session has none.`,
    next: "Sign out, sign in again the usual way, and start Subvault from the desktop.",
  }),
  keychainNoKeyring: ({ keychain }) => ({
    title: `${keychain} has no keyring yet`,
    happened: `It is running, and has no default keyring to keep secrets in. It makes one when you choose a password for it in its box.`,
    next: "Try again, or check this computer, and choose a password when the box for a new keyring comes up.",
  }),
  keychainNoDatabase: ({ keychain }) => ({
    title: `${keychain} shows nothing to Subvault`,
    happened: "It is running, and no password file that other programs may use is open in it.",
    next: `Open your file in ${keychain}. In the settings of that file, under “Secret Service Integration”, choose a group to expose. Then try again.`,
  }),
  keychainCannotAsk: ({ keychain }) => ({
    title: `${keychain} cannot show its password box`,
    happened: "It has to ask you for a password, and the program that shows its box does not start in this session.",
    next: `Sign in at this computer itself, or unlock ${keychain} in its own program, then try again.`,
  }),
  keychainLocked: ({ keychain }) => ({
    title: `${keychain} is locked`,
    happened: "Until it is unlocked, no secret can be read or saved.",
    next: "Try again, and enter your password if the computer asks for it.",
  }),
  keychainDismissed: ({ keychain }) => ({
    title: `${keychain} was not unlocked`,
    happened: "The box that asks for your password was closed. Your secrets are safe, and still locked.",
    next: "Try again, and enter your password in the box.",
  }),
  keychainDenied: ({ keychain }) => ({
    title: `${keychain} was told to say no`,
    happened: "Your Mac asked if Subvault may use this secret, and the answer was no.",
    next: "Try again, and choose Always Allow.",
  }),
  keychainScreenLocked: ({ keychain }) => ({
    title: `${keychain} cannot ask you now`,
    happened: "It has to ask you first, and it cannot do so while the screen is locked.",
    next: "Unlock the screen of this computer, then try again.",
  }),
  keychainNoAnswer: ({ keychain }) => ({
    title: `${keychain} did not answer`,
    happened: "It may be waiting for your password in a box behind this window.",
    next: "Look for a password box, answer it, then try again.",
  }),
  keychainGivenUp: ({ keychain }) => ({
    title: `You stopped waiting for ${keychain}`,
    happened: "It had not answered yet, so Subvault went on without it.",
    next: "Look for a password box behind this window, answer it, then try again.",
  }),
  keychainStopped: ({ keychain }) => ({
    title: `${keychain} stopped in the middle`,
    happened: "It was closed, or it failed, while Subvault was using it. What it has saved is checked before it is used.",
    next: "Try again. If it stays, sign out of this computer and sign in again.",
  }),
  keychainFull: ({ keychain }) => ({
    title: `${keychain} is full`,
    happened: "It takes no more entries. Games and office programs often leave many old ones there.",
    next: `Open ${keychain}, remove entries you no longer need, then try again.`,
  }),
  keychainDiskFull: ({ keychain }) => ({
    title: `${keychain} has no room left on the disk`,
    happened: "The disk of this computer is full, so nothing more can be saved.",
    next: "Delete files you no longer need, then try again.",
  }),
  keychainBlocked: ({ keychain }) => ({
    title: "This computer does not allow secrets to be saved",
    happened: `A rule set for this computer stops programs from saving in ${keychain}.`,
    next: "Ask whoever looks after this computer to allow it, then try again.",
  }),
  keychainNotSignedIn: () => ({
    title: "You are not fully signed in to this computer",
    happened: "Secrets can be reached only when you sign in the usual way. Some ways to sign in from afar do not count.",
    next: "Sign in at this computer itself, then try again.",
  }),
  keychainChanged: ({ keychain }) => ({
    title: "The saved secret was changed",
    happened: `What ${keychain} holds for this key is not what Subvault saved. Another program may have changed it.`,
    next: "Do not use it. Make a new API key for this customer, and hand that over.",
  }),
  keychainDoesNotFit: ({ keychain }) => ({
    title: `${keychain} did not take this entry`,
    happened: "It is too long, or of a form that cannot be saved there. That is a fault of Subvault.",
    next: "Open the details below, and send them to whoever looks after Subvault.",
  }),
  keychainNotUnderstood: ({ keychain }) => ({
    title: `${keychain} does not know what to do`,
    happened: "It was asked for something that it cannot do. That is a fault of Subvault, or it is of a kind that Subvault does not know.",
    next: "Open the details below, and send them to whoever looks after Subvault.",
  }),
  keychainAmbiguous: ({ keychain }) => ({
    title: "There are several saved secrets, and none works",
    happened: `${keychain} holds more than one entry of the same name, with different secrets. Nothing shows which one is right, and all were kept.`,
    next: `Open ${keychain}, look for the entries of that name, and remove those that are not Subvault’s.`,
  }),
  keychainNotConfirmed: ({ keychain }) => ({
    title: "It is not sure that the secret was saved",
    happened: `${keychain} took the secret, but reading it back did not give the same.`,
    next: "Try again. A sealed copy is kept until it is saved for certain.",
  }),
  keychainBroken: ({ keychain }) => ({
    title: `${keychain} cannot be used`,
    happened: "It has a problem of its own. The details below have its words.",
    next: `Open ${keychain} and see if it works there, then try again.`,
  }),
  keychainPasswordOutOfDate: ({ keychain }) => ({
    title: `The password of ${keychain} is out of date`,
    happened: "Your sign-in password was changed, and the one that guards your saved secrets was not.",
    next: `Open ${keychain}, change its password to the one you sign in with, then try again.`,
  }),
  keychainNotFound: ({ keychain }) => ({
    title: `${keychain} cannot be found`,
    happened: "Your Mac has lost track of where it keeps your secrets. They may still be there.",
    next: `Open ${keychain}, make sure that “login” is in its list, then try again.`,
  }),
  keychainReadOnly: ({ keychain }) => ({
    title: `${keychain} may be read and not changed`,
    happened: "It lets Subvault read what is there, but it takes nothing new.",
    next: `Open ${keychain}, make sure that you may change it, then try again.`,
  }),
  keychainDamaged: ({ keychain }) => ({
    title: `${keychain} is damaged`,
    happened: "What it holds cannot be opened any more. On Windows this happens when someone else has reset your password.",
    next: `Open ${keychain} and see if your entries are there, then try again. Delete nothing yet.`,
  }),
  programNotSigned: ({ keychain }) => ({
    title: "This copy of Subvault is not complete",
    happened: `Its signature is missing, so the computer does not let it use ${keychain}.`,
    next: "Install Subvault again from where you got it, then try again.",
  }),
  keychainManagerMissing: ({ keychain }) => ({
    title: `No program to look into ${keychain} was found`,
    happened: "Saved secrets are where they were. There is only no program here that lists them.",
    next: "On Linux, install Passwords and Keys (Seahorse), KWalletManager or KeePassXC, then try again.",
  }),
  secretNotFound: ({ keychain }) => ({
    title: "The secret is no longer there",
    happened: `${keychain} has no entry for this key. It may have been deleted there.`,
    next: "Twilio shows a secret only once, so make a new API key and hand that over.",
  }),
} satisfies Partial<FailureSentences<FailureKind>>;
