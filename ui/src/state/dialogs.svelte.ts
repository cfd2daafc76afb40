/** Which dialog is open, and the question asked over it. Focus goes back to where it was when the last one closes. */
import { tick } from "svelte";
import { focusIsNowhere, goHome } from "../focus";
import type { ListedKey, NumberRow, Replacement, Unfinished } from "../wire";
import { openAccount } from "./account";
import { confirming } from "./confirming.svelte";
import type { Step } from "./steps";

/** A subaccount that something is done with. */
export type Account = { sid: string; name: string };

/** A key that is to be replaced, and the name that the new one is to have unless another one is typed. */
export type KeyToReplace = { accountSid: string; accountName: string; keySid: string; name: string };

export type OpenDialog =
  /** `taken`: Twilio has one of this name that was not known. */
  | { kind: "newSubaccount"; name?: string; taken?: boolean }
  | { kind: "newKey"; accountSid: string; accountName: string; name?: string }
  | { kind: "rename"; accountSid: string; accountName: string }
  | { kind: "suspend"; accounts: readonly Account[] }
  | { kind: "reactivate"; accounts: readonly Account[] }
  | { kind: "closeSubaccount"; account: Account }
  | { kind: "moveNumber"; account: Account; number: NumberRow }
  | { kind: "bringNumber"; account: Account }
  | { kind: "releaseNumber"; account: Account; number: NumberRow }
  /** What became of orders that were given together. */
  | { kind: "batchResult"; batch: number }
  | { kind: "renameKeys"; keys: readonly ListedKey[] }
  | { kind: "revokeKeys"; keys: readonly ListedKey[] }
  | { kind: "replaceKeys"; keys: readonly KeyToReplace[] }
  | { kind: "deleteOldKey"; replacement: Replacement; withoutWaiting: boolean }
  | { kind: "giveUpReplacing"; replacement: Replacement }
  | { kind: "creation" }
  /** `steps` are those that just made the key; none where it was there before. */
  | { kind: "handOver"; keySid: string; steps: Step[] }
  | { kind: "exportKey"; keySid: string; accountName: string };

export type Question = {
  title: string;
  /** What will happen, in whole sentences. */
  text: string[];
  /** Whom or what it is about; shown isolated. */
  subject: string | null;
  items?: Unfinished[];
  confirm: string;
  cancel: string;
  danger: boolean;
  /** The question stays open and busy until this ends; a failure is shown in it. */
  run: () => Promise<void>;
};

/** What lies over the page, one over the other; null is the page itself. */
export type Layer = "dialog" | "question" | "confirm" | null;

class Dialogs {
  current = $state.raw<OpenDialog | null>(null);
  question = $state.raw<Question | null>(null);
  /** What shows them is on the page. */
  mounted = false;
  readonly uppermost: Layer = $derived(
    confirming.asking ? "confirm" : this.question !== null ? "question" : this.current !== null ? "dialog" : null,
  );
  /** Asked before the open dialog is closed from outside its own buttons. */
  #beforeClose: (() => void) | null = null;
  #opener: HTMLElement | null = null;

  constructor() {
    openAccount.forgets(this);
  }

  open(dialog: OpenDialog): void {
    if (this.current === null) this.#rememberOpener();
    this.#beforeClose = null;
    this.current = dialog;
  }

  /** Where it is said which, only that one is closed: an answer may come when another is open by then. */
  close(which: OpenDialog | null = this.current): void {
    if (this.current === null || this.current !== which) return;
    this.current = null;
    this.#beforeClose = null;
    // A question that is still open gives the focus back when it is answered.
    if (this.question === null) this.#returnFocus();
  }

  /** The open dialog handles Esc and the close button itself. */
  guard(beforeClose: () => void): () => void {
    this.#beforeClose = beforeClose;
    return () => {
      if (this.#beforeClose === beforeClose) this.#beforeClose = null;
    };
  }

  askToClose(): void {
    if (this.#beforeClose === null) this.close();
    else this.#beforeClose();
  }

  ask(question: Question): void {
    if (this.current === null) this.#rememberOpener();
    this.question = question;
  }

  answered(): void {
    if (this.question === null) return;
    this.question = null;
    if (this.current === null) this.#returnFocus();
  }

  reset(): void {
    this.current = null;
    this.question = null;
    this.#beforeClose = null;
    this.#opener = null;
  }

  #rememberOpener(): void {
    this.#opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  }

  #returnFocus(): void {
    const opener = this.#opener;
    this.#opener = null;
    void tick().then(() => {
      // Somebody may have gone on already, and focus that was moved on purpose stays where it is.
      const moved = !focusIsNowhere() && document.activeElement?.closest("dialog") === null;
      if (moved || this.current !== null || this.question !== null) return;
      if (opener?.isConnected && opener !== document.body) opener.focus();
      else goHome();
    });
  }
}

export const dialogs = new Dialogs();
