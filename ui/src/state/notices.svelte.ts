/** Short messages at the edge of the window, read out by screen readers. One at a time: the newest is what matters. */
import type { Snippet } from "svelte";
import type { Marked } from "../words/marked";
import { startWords } from "../words/start.svelte";
import { openAccount } from "./account";

/** A sentence, or one that a name stands in: the name is shown in bold type and isolated, since it may be anything. */
export type NoticeText = string | ((name: Snippet) => Marked);

export type Notice = {
  id: number;
  text: NoticeText;
  /** What stands in the sentence. */
  name: string | null;
  tone: "ok" | "warn";
  action: { label: string; run: () => void } | null;
};

type Details = Partial<Pick<Notice, "tone" | "action">>;

class Notices {
  current = $state.raw<Notice | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #next = 1;

  constructor() {
    openAccount.forgets(this);
  }

  /** For what has to be read in peace. */
  get lasting(): Details {
    return { tone: "warn", action: { label: startWords().buttons.understood, run: () => this.reset() } };
  }

  /** Shows one in the place of the one before. */
  show(text: string, details?: Details): void;
  show(text: (name: Snippet) => Marked, details: Details & { name: string }): void;
  show(text: NoticeText, details: Details & { name?: string } = {}): void {
    clearTimeout(this.#timer);
    const notice = { id: this.#next++, text, name: null, tone: "ok" as const, action: null, ...details };
    this.current = notice;
    // What has a button stays until it is answered.
    if (notice.action === null) this.#timer = setTimeout(() => this.dismiss(notice.id), 6_000);
  }

  dismiss(id: number): void {
    if (this.current?.id === id) this.current = null;
  }

  reset(): void {
    clearTimeout(this.#timer);
    this.current = null;
  }
}

export const notices = new Notices();
