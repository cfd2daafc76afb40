/** What the words for a problem of this computer may speak of. */
export type FoundProblem = {
  /** What this computer calls the place its secrets are kept in. */
  keychain: string;
  /** How many entries it still takes. */
  room: number;
  /** How much of the disk is free, in words. */
  free: string;
  /** Which way leads to Twilio, as a sentence. */
  way: string;
  /** Who opens the connection on its way, safe to show; null where it has no name. */
  inspector: string | null;
  /** Whatever names another proxy; null where it has no name. */
  overruled: string | null;
  /** How far this computer's clock is off, in words, and which way. */
  clock: { by: string; isAhead: boolean };
};
