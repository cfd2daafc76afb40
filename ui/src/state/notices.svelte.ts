/** Short messages at the edge of the window, read out by screen readers. One at a time: the newest is what matters. */
import { openAccount } from "./account";

export type Notice = {
  id: number;
  text: string;
  /** Shown beside the text; isolated, since it may be anything. */
  name: string | null;
  tone: "ok" | "warn";
  action: { label: string; run: () => void } | null;
};

class Notices {
  current = $state.raw<Notice | null>(null);
  /** For what has to be read in peace. */
  readonly lasting: Partial<Notice> = { tone: "warn", action: { label: "Understood", run: () => this.reset() } };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #next = 1;

  constructor() {
    openAccount.forgets(this);
  }

  show(text: string, details: Partial<Omit<Notice, "id" | "text">> = {}): void {
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
