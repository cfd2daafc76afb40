import type { Sentences } from "./sentence";

export const keychain = {
  keychainMissing: ({ keychain }) => ({
    title: `${keychain} is not there`,
    happened: `Subvault keeps secrets only in ${keychain}, and it is not running on this computer.`,
    next: "Install or start it, then try again. On Linux that is GNOME Keyring, KWallet or KeePassXC.",
    action: "tryAgain",
  }),
  keychainLocked: ({ keychain }) => ({
    title: `${keychain} is locked`,
    happened: "Secrets can be neither read nor saved until it is unlocked.",
    next: "Try again, and enter your password if the computer asks for it.",
    action: "tryAgain",
  }),
  keychainDismissed: ({ keychain }) => ({
    title: `${keychain} was not unlocked`,
    happened: "The box that asks for your password was closed, or answered with no.",
    next: "Try again and allow it. On a Mac, choose Always Allow.",
    action: "tryAgain",
  }),
  keychainNoAnswer: ({ keychain }) => ({
    title: `${keychain} did not answer`,
    happened: "It may be waiting for your password in a box behind this window.",
    next: "Look for a password box, answer it, then try again.",
    action: "tryAgain",
  }),
  keychainFull: ({ keychain }) => ({
    title: `${keychain} is full`,
    happened: "It takes no more entries. Games and office programs often leave many old ones there.",
    next: `Open ${keychain}, remove entries you no longer need, then try again.`,
    action: "openKeychain",
  }),
  keychainBlocked: ({ keychain }) => ({
    title: "Saving secrets is not allowed on this computer",
    happened: `A setting of your organisation stops programs from saving in ${keychain}.`,
    next: "Ask whoever looks after this computer to allow it, then try again.",
    action: "tryAgain",
  }),
  keychainNotSignedIn: () => ({
    title: "You are not fully signed in to this computer",
    happened: "Secrets can be reached only in an ordinary signed-in session, not from a service or some remote sessions.",
    next: "Sign in to this computer in the usual way, then try again.",
    action: "tryAgain",
  }),
  keychainChanged: ({ keychain }) => ({
    title: "The saved secret was changed",
    happened: `What ${keychain} holds for this key is not what Subvault saved. Another program may have changed it.`,
    next: "Do not use it. Make a new API key for this customer, and hand that over.",
    action: "newKey",
  }),
  keychainAmbiguous: ({ keychain }) => ({
    title: "There are two saved secrets for this key",
    happened: `${keychain} holds more than one entry of the same name. Both were kept.`,
    next: `Open ${keychain}, look for the two entries, and remove the one that is not Subvault’s.`,
    action: "openKeychain",
  }),
  keychainNotConfirmed: ({ keychain }) => ({
    title: "The save could not be confirmed",
    happened: `${keychain} took the secret, but reading it back did not give the same.`,
    next: "Try again. A sealed copy is kept until it is saved for certain.",
    action: "tryAgain",
  }),
  keychainBroken: ({ keychain }) => ({
    title: `${keychain} cannot be used`,
    happened: "It reported a problem of its own. The details below have its words.",
    next: `Open ${keychain} and see whether it works there, then try again.`,
    action: "openKeychain",
  }),
  keychainPasswordOutOfDate: ({ keychain }) => ({
    title: `The password of ${keychain} is out of date`,
    happened: "Your sign-in password was changed, and the one that protects your saved secrets was not.",
    next: "Open Keychain Access, update its password to your sign-in password, then try again.",
    action: "openKeychain",
  }),
  keychainUnopenable: ({ keychain }) => ({
    title: `${keychain} cannot be opened`,
    happened: "It is missing, damaged, or may only be read.",
    next: `Open ${keychain} and see whether your entries are there, then try again.`,
    action: "openKeychain",
  }),
  programNotSigned: ({ keychain }) => ({
    title: "This copy of Subvault is not complete",
    happened: `Its signature is missing, so the computer does not let it use ${keychain}.`,
    next: "Install Subvault again from where you got it, then try again.",
    action: "tryAgain",
  }),
  keychainManagerMissing: ({ keychain }) => ({
    title: `No program to look into ${keychain} was found`,
    happened: "Saved secrets are where they were. There is only no program here that lists them.",
    next: "On Linux, install Passwords and Keys (Seahorse) or KWalletManager, then try again.",
    action: "tryAgain",
  }),
  secretNotFound: ({ keychain }) => ({
    title: "The secret is no longer there",
    happened: `${keychain} has no entry for this key. It may have been deleted there.`,
    next: "Twilio shows a secret only once, so make a new API key and hand that over.",
    action: "newKey",
  }),
} satisfies Partial<Sentences<string>>;
