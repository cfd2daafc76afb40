import type { BackendEvents } from "../wire";

/** What browser tests reach as `window.fake`. */
export interface FakeControl {
  /** Makes a method fail: `method:kind[:changed[:step[:times]]]`. */
  fail(plan: string): void;
  /** Takes back all planned failures. */
  mend(): void;
  /** Keeps all answers of a method back, until they are let go. */
  hold(method: string): void;
  /** Lets the answers of a method go. Resolves when everything that was asked before this has been answered. */
  letGo(method: string): Promise<void>;
  /** Cuts or restores the way to Twilio. */
  setOffline(offline: boolean): void;
  /** A colleague gives a subaccount another phone number. */
  addNumber(accountSid: string): void;
  emit<Name extends keyof BackendEvents>(name: Name, payload: BackendEvents[Name]): void;
  /** Asks the window to close, as the title bar's button does while something is unfinished. */
  askToClose(): void;
  /** Methods called so far, in order; arguments are left out where they are secret. */
  readonly calls: readonly string[];
  /** What was copied last, as the clipboard would hold it. */
  readonly clipboard: string | null;
  /** The Account SIDs of all subaccounts, as they were made. */
  readonly sids: readonly string[];
}

declare global {
  interface Window {
    fake?: FakeControl;
    /** Names for the made-up subaccounts, in place of the hostile ones. */
    givenNames?: readonly string[];
  }
}
