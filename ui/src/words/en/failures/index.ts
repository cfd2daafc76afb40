/** What is said of each kind of failure: what happened, and what to do next. */
import type { Snippet } from "svelte";
import type { ChangedAtTwilio, FailureKind } from "../../../wire";
import type { About, FailureSentences } from "../../failureSentence";
import { marked } from "../../marked";
import { backup } from "./backup";
import { creation } from "./creation";
import { keychain } from "./keychain";
import { lock } from "./lock";
import { proxy } from "./proxy";
import { refusals } from "./refusals";
import { signingIn } from "./signingIn";
import { thisComputer } from "./thisComputer";
import { wayToTwilio } from "./wayToTwilio";

const sentences: FailureSentences<FailureKind> = {
  ...signingIn,
  ...wayToTwilio,
  ...proxy,
  ...refusals,
  ...keychain,
  ...thisComputer,
  ...backup,
  ...creation,
  ...lock,
};

export const failures = {
  sentences,
  changed: {
    no: "Nothing was changed at Twilio.",
    yes: "At Twilio, the change was made.",
    unknown: "It is not certain whether anything was changed at Twilio.",
  } satisfies Record<ChangedAtTwilio, string>,
  /** A key came and went: that nothing was changed is true in the end, and reads as if it were not. */
  nothingLeft: "Nothing of it is left at Twilio.",
  secretWaits: ({ keychain }: About) =>
    `The key was made at Twilio. Its secret is in a sealed copy on this computer and waits for ${keychain}.`,

  /** Before the other sentences, where it stands in one line with them. */
  heading: (title: string) => `${title}.`,
  /** In one line, at the edge of the window. */
  short: (title: string, next: string) => `${title}. ${next}`,

  /** The notice. */
  twilioWords: (words: Snippet) => marked`In Twilio’s words: “${words}”`,
  details: "Details for support",
  code: (code: number) => `Twilio code ${code}`,
  status: (status: number) => `Status ${status}`,
  request: (request: string) => `Request ${request}`,
};
