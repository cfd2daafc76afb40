import type { FailureKind } from "../../../wire";
import type { FailureSentences } from "../../failureSentence";

export const signingIn = {
  accountSidEmpty: () => ({
    title: "The Account SID is missing",
    happened: "This box is empty.",
    next: "Paste the Account SID. It starts with AC and is on the first page of the Twilio Console.",
  }),
  accountSidMalformed: () => ({
    title: "This is not a whole Account SID",
    happened: "An Account SID is AC followed by 32 letters and digits. Part of it is missing, or there is something extra.",
    next: "Copy it again from the first page of the Twilio Console and paste it here.",
  }),
  keySidInsteadOfAccountSid: () => ({
    title: "This is an API key, not the account",
    happened: "It starts with SK, so it names an API key. This box needs the Account SID, which starts with AC.",
    next: "Copy the Account SID from the first page of the Twilio Console and paste it here.",
  }),
  authTokenEmpty: () => ({
    title: "The Auth Token is missing",
    happened: "This box is empty.",
    next: "Copy the Auth Token from the first page of the Twilio Console, below the Account SID. It is hidden there until you show it.",
  }),
  authTokenMalformed: () => ({
    title: "This is not a whole Auth Token",
    happened: "An Auth Token is 32 letters and digits. Part of it is missing, or there is something extra.",
    next: "In the Twilio Console, use the copy button beside the Auth Token, then paste it here.",
  }),
  wrongSignIn: () => ({
    title: "Twilio did not accept this sign-in",
    happened:
      "The Account SID and the Auth Token do not belong together, or the token was replaced. Twilio says the same if the account is suspended or closed. It says so too if its profile is not approved yet, or if the Twilio Console was set to another Region (IE1 or AU1).",
    next: "In the Twilio Console, choose the Region US1 and see if the account is active. Then copy both from the same page.",
  }),
  subaccountInsteadOfParent: ({ subject }) => ({
    title: "This is a subaccount",
    happened: subject
      ? `These values belong to a subaccount. Its main account is ${subject}.`
      : "These values belong to a subaccount, and a subaccount cannot see the others.",
    next: "Use the Account SID and Auth Token of your main account, the one that owns the subaccounts.",
  }),
  standardKey: () => ({
    title: "A Standard API key is not enough",
    happened:
      "This is a Standard API key, which Twilio does not let list or create subaccounts, or its secret is not right. Twilio answers both alike.",
    next: "Use the Account SID and Auth Token of your main account.",
  }),
  authTokenMissing: ({ keychain }) => ({
    title: "The Auth Token is no longer saved",
    happened: `${keychain} has no Auth Token for the connected account. Saved secrets are not affected by this.`,
    next: "Connect again with the Account SID and Auth Token.",
  }),
  otherAccountConnected: ({ subject }) => ({
    title: "This belongs to another account",
    happened: `It was begun while ${subject ?? "another account"} was connected. Subvault leaves it alone until that account is connected again.`,
    next: "Connect that account to go on with it.",
  }),
  restrictedKey: () => ({
    title: "A Restricted API key is not enough",
    happened: "This key may do only what it was given leave for, and subaccounts are not part of that.",
    next: "Use the Account SID and Auth Token of your main account.",
  }),
  mainKeyCannotOpenSubaccounts: () => ({
    title: "This sign-in cannot open subaccounts",
    happened:
      "These values are a Main API key. It can list subaccounts, but Twilio does not let it work inside them, so it could neither create keys nor read them.",
    next: "Use the Account SID and Auth Token of your main account.",
  }),
  testCredentials: () => ({
    title: "These are test credentials",
    happened: "Twilio has a second pair of values for testing. That pair cannot see your subaccounts.",
    next: "Copy the live Account SID and Auth Token from the first page of the Twilio Console.",
  }),
  accountSuspended: ({ subject }) => ({
    title: "This account is suspended",
    happened: `Twilio has suspended ${subject ?? "this account"}, and refuses work on it until that is settled.`,
    next: "Sign in to the Twilio Console to see why. A balance that ran out is the usual reason.",
  }),
  accountClosed: ({ subject }) => ({
    title: "This account is closed",
    happened: `${subject ?? "This account"} was closed at Twilio. A closed account cannot be used again.`,
    next: "Use the values of an account that is open.",
  }),
  connectCancelled: () => ({
    title: "Connecting was cancelled",
    happened: "Nothing of what you typed was kept.",
    next: "Connect again when you are ready.",
  }),
  notConnected: () => ({
    title: "Not connected to Twilio",
    happened: "Subvault has no Auth Token at the moment. What is saved on this computer can still be searched and copied.",
    next: "Connect your Twilio account.",
  }),
} satisfies Partial<FailureSentences<FailureKind>>;
