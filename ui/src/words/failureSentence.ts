/** What a sentence about a failure may speak of. */
export type About = {
  /** A name or a SID, made safe to show; null where there is none. */
  subject: string | null;
  /** What this computer calls the place its secrets are kept in. */
  keychain: string;
  /** The key is made, and its secret is still to be saved. */
  secretWaits: boolean;
};

/** What is said of a failure, besides what became of Twilio. */
export type FailureSentence = {
  title: string;
  /** What happened. */
  happened: string;
  /** What to do next. */
  next: string;
};

export type FailureSentences<Kind extends string> = Record<Kind, (about: About) => FailureSentence>;
