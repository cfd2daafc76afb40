import type { FailureKind } from "../../../wire";
import type { FailureSentences } from "../../failureSentence";

export const refusals = {
  notFound: ({ subject }) => ({
    title: "Twilio does not have this any more",
    happened: `${subject ?? "What was asked for"} is not there. It may have been deleted in the Twilio Console.`,
    next: "Try again to read it anew.",
  }),
  noPermission: () => ({
    title: "This sign-in may not do that",
    happened: "Twilio accepted the sign-in, but does not let it do this.",
    next: "Connect again with the Account SID and Auth Token of your main account.",
  }),
  keyRefused: () => ({
    title: "Twilio refused this key",
    happened: "The key was to be proved, and Twilio does not accept it. It may have been deleted there, or its subaccount was suspended.",
    next: "Look at the subaccount in the Twilio Console. If the key is gone, make a new API key and hand that over.",
  }),
  subaccountLimit: () => ({
    title: "Your account has all the subaccounts it may have",
    happened: "Twilio allows 1,000 subaccounts unless it has agreed to more.",
    next: "Ask Twilio’s support to raise the limit, or close subaccounts you no longer need.",
  }),
  trialSubaccountLimit: () => ({
    title: "A trial account may have one subaccount",
    happened: "Your Twilio account is a trial, and it already has its one subaccount.",
    next: "Upgrade the account in the Twilio Console, then try again.",
  }),
  keyLimit: ({ subject }) => ({
    title: "This subaccount has all the API keys it may have",
    happened: `Twilio does not allow another API key for ${subject ?? "this subaccount"}.`,
    next: "Delete a key that is no longer used in the Twilio Console, then try again.",
  }),
  nameRefused: () => ({
    title: "Twilio did not accept this name",
    happened: "The name has something in it that Twilio does not take.",
    next: "Change the name and try again.",
  }),
  statusRefused: () => ({
    title: "Twilio did not change the status",
    happened: "A closed subaccount cannot be opened again, and one owned by another account cannot be changed from here.",
    next: "Look at the subaccount in the Twilio Console.",
  }),
  parentSuspended: () => ({
    title: "Your main account is suspended",
    happened: "Its subaccounts are suspended with it, and come back when it does.",
    next: "Look in the Twilio Console for why the main account is suspended, or ask Twilio’s support.",
  }),
  suspendedByTwilio: ({ subject }) => ({
    title: "Twilio itself has suspended this subaccount",
    happened: `${subject ?? "The subaccount"} was suspended by Twilio, and only Twilio can bring it back.`,
    next: "Ask Twilio’s support why it was suspended.",
  }),
  notSuspended: ({ subject }) => ({
    title: "This subaccount is still in use",
    happened: `${subject ?? "The subaccount"} was not closed, because it is active.`,
    next: "Suspend it first. Whoever still uses it will notice, and it can be reactivated.",
  }),
  numbersChanged: () => ({
    title: "Its phone numbers have changed",
    happened: "The subaccount was not closed, because it has other phone numbers now than were decided about.",
    next: "Look at its numbers again, decide about each, then close it.",
  }),
  numberNotMoved: ({ subject }) => ({
    title: "The phone number was not moved",
    happened: `Twilio does not let ${subject ?? "this number"} go from one of these accounts to the other.`,
    next: "Choose another account for it. Both have to be active, and of your own main account.",
  }),
  numberNeedsAddress: ({ subject }) => ({
    title: "This number needs an address where it is to go",
    happened: `${subject ?? "The number"} is of a country that asks for an address or a proof of identity. The other account has none that fits.`,
    next: "Add it to that account in the Twilio Console, then try again.",
  }),
  subaccountClosed: ({ subject }) => ({
    title: "This subaccount is closed",
    happened: `${subject ?? "The subaccount"} was closed at Twilio. What is closed cannot be opened or changed again.`,
    next: "Create a new subaccount for this customer.",
  }),
  subaccountNotActive: ({ subject }) => ({
    title: "This subaccount is not active",
    happened: `${subject ?? "The subaccount"} is suspended or closed, and Twilio makes no API keys for it in that state.`,
    next: "Reactivate it, then try again.",
  }),
  refused: () => ({
    title: "Twilio refused this",
    happened: "Twilio understood the request and said no. The details below have its reason.",
    next: "Open the details. If they do not help, Twilio’s support can look the request up by its number.",
  }),
  badName: () => ({
    title: "This name cannot be used",
    happened: "A name has 1 to 64 characters, and nothing invisible that could make it look like another name.",
    next: "Change the name and try again.",
  }),
  nameTaken: ({ subject }) => ({
    title: "A subaccount already has this name",
    happened: `Twilio was asked before anything was created. ${subject ?? "A subaccount of this name"} is there already, and was not in the list yet.`,
    next: "Look at it, then decide whether to create another one.",
  }),
} satisfies Partial<FailureSentences<FailureKind>>;
