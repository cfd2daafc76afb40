import type { FailureKind } from "../../../wire";
import type { FailureSentences } from "../../failureSentence";

export const lock = {
  locked: () => ({
    title: "Subvault is locked",
    happened: "Nothing can be read or changed until it is unlocked.",
    next: "Unlock it to go on.",
  }),
  askAgain: () => ({
    title: "Say who you are first",
    happened: "It was not confirmed in the last two minutes that it is you.",
    next: "Try again, then confirm that it is you.",
  }),
  noWayToUnlock: () => ({
    title: "Subvault cannot lock yet",
    happened: "There is no way to unlock it again on this computer.",
    next: "Set a recovery passphrase under Backup first.",
  }),
  notConfirmed: () => ({
    title: "It was not confirmed",
    happened: "The question was closed, or the answer was not right or came too late.",
    next: "Try again when you are ready.",
  }),
  cannotAskNow: () => ({
    title: "The computer cannot ask at the moment",
    happened: "The computer’s own way to ask who is there did not answer, or is busy.",
    next: "Try again, or take another way.",
  }),
  notAWayToUnlock: () => ({
    title: "This does not unlock Subvault here",
    happened: "This way to say who you are has not worked on this computer yet.",
    next: "Take another way.",
  }),
  authTokenWrong: () => ({
    title: "Twilio does not accept this Auth Token",
    happened: "It is not the Auth Token of the account that Subvault was connected to last.",
    next: "Copy it again from the first page of the Twilio Console, under Account Info.",
  }),
  alreadyAsking: () => ({
    title: "You are being asked already",
    happened: "The question is still open. It may be behind this window.",
    next: "Answer it, or close it and try again.",
  }),
  tooManyWrong: ({ subject }) => ({
    title: "Wait a moment",
    happened: "Too many tries were wrong.",
    next: subject ? `You can try again in ${subject} s.` : "You can try again soon.",
  }),
} satisfies Partial<FailureSentences<FailureKind>>;
