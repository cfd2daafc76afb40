import type { FailureKind } from "../../../wire";
import type { FailureSentences } from "../../failureSentence";

export const wayToTwilio = {
  offline: () => ({
    title: "No internet connection",
    happened: "This computer could not find Twilio on the internet.",
    next: "Check the network or Wi-Fi, then try again. Saved values can be copied without internet.",
  }),
  connectionRefused: () => ({
    title: "The connection was turned away",
    happened: "Something between this computer and Twilio, often a firewall, refused the connection.",
    next: "Try again. If it stays, ask whoever looks after your network to allow api.twilio.com.",
  }),
  certificate: () => ({
    title: "Could not be sure that this is Twilio",
    happened:
      "The other side did not prove that it is Twilio, so Subvault told it nothing. Some office networks open secure connections to inspect them.",
    next: "Ask whoever looks after your network not to inspect api.twilio.com, then try again.",
  }),
  inspected: ({ subject }) => ({
    title: "Somebody reads along on the way to Twilio",
    happened: `${subject ?? "Something"} opens the connection between this computer and Twilio. It could read your Auth Token and each new secret, so nothing was sent.`,
    next: "Allow it only if it belongs to your company and may read them, then try again. If you do not know it, ask whoever looks after your network.",
  }),
  clock: () => ({
    title: "This computer’s clock may be wrong",
    happened: "Twilio’s proof of identity is not valid at the date and time this computer has.",
    next: "Set the date and time in your system’s settings, then try again.",
  }),
  timedOut: () => ({
    title: "Twilio took too long to answer",
    happened: "There was no answer within 30 seconds.",
    next: "Try again in a moment. A slow network can cause this too.",
  }),
  connectionLost: () => ({
    title: "The connection broke off",
    happened: "The connection to Twilio ended before the whole answer had arrived.",
    next: "Try again. Subvault looks first at what is already there, so nothing is made twice.",
  }),
  tooManyRequests: () => ({
    title: "Twilio asks for a pause",
    happened: "Many requests came from your account at once, and Twilio is holding them back for a while.",
    next: "Wait a minute, then try again.",
  }),
  twilioTrouble: () => ({
    title: "Twilio has trouble at the moment",
    happened: "Twilio answered that it cannot do this right now. The cause is on Twilio’s side.",
    next: "Try again in a few minutes, or look at Twilio’s status page.",
  }),
  unreadableAnswer: () => ({
    title: "The answer could not be read",
    happened: "An answer came that does not look like Twilio’s. A sign-in page of a public Wi-Fi can cause this.",
    next: "Open any website to see whether the network asks you to sign in, then try again.",
  }),
  answeredByAnother: () => ({
    title: "Something else answered in Twilio’s place",
    happened: "Something between this computer and Twilio answered instead. It may be a web filter, a proxy or a sign-in page.",
    next: "Try again. If it stays, show the details below to whoever looks after your network.",
  }),
  wrongAccountAnswered: ({ subject }) => ({
    title: "The answer was about another account",
    happened: `Subvault asked about ${subject ?? "one account"} and the answer named a different one, so it was not used.`,
    next: "Try again. If it happens again, open the details below and send them to Twilio’s support.",
  }),
} satisfies Partial<FailureSentences<FailureKind>>;
