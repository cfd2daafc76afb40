/** What a button beside a failure does. */
export type ActionName =
  | "tryAgain"
  | "correct"
  | "changeName"
  | "finish"
  | "makeAnew"
  | "deleteKey"
  | "newKey"
  | "handOver"
  | "showSecret"
  | "connect"
  | "showAttention"
  | "showList"
  | "openBackup"
  | "openTwilioConsole"
  | "openAuthTokenPage"
  | "openTwilioStatus"
  | "openKeychain"
  | "tidyKeychain"
  | "checkComputer"
  | "allowInspection"
  | "quit"
  | "close";

/** What a sentence may speak of. */
export type About = {
  /** A name or a SID, made safe to show; null where there is none. */
  subject: string | null;
  /** What this computer calls the place its secrets are kept in. */
  keychain: string;
  /** The key is made, and its secret is still to be saved. */
  secretWaits: boolean;
};

export type Sentence = {
  title: string;
  /** What happened. */
  happened: string;
  /** What to do next. */
  next: string;
  /** The button that does it. */
  action: ActionName;
};

export type Sentences<Kind extends string> = Record<Kind, (about: About) => Sentence>;
