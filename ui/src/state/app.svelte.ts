/** The program as a whole: how it started, which screen is shown, and whether it is connected or practising. */
import { backend } from "../backend";
import { asFailure } from "../failures/failure";
import { startWords } from "../words/start.svelte";
import type { AppState, Connection, Failure, FirstScreen, Preferences, Unfinished } from "../wire";
import { openAccount } from "./account";
import { backups } from "./backups.svelte";
import { confirming } from "./confirming.svelte";
import { detail } from "./detail.svelte";
import { dialogs } from "./dialogs.svelte";
import { list } from "./list.svelte";
import { lock } from "./lock.svelte";
import { creation } from "./creation.svelte";
import { notices } from "./notices.svelte";
import { operations } from "./operations.svelte";
import { putOffs } from "./putOffs.svelte";
import { refresh } from "./refresh.svelte";
import { unfinished } from "./unfinished.svelte";

export type Screen = "subaccounts" | "keys" | "adoptKeys" | "attention" | "activity" | "backup" | "settings" | "checkComputer";

class App {
  phase = $state<"starting" | "ready" | "failed" | "locked">("starting");
  failure = $state.raw<Failure | null>(null);
  state = $state.raw<AppState | null>(null);
  screen = $state<Screen>("subaccounts");
  /** The sign-in form is asked for, although there is something else to show. */
  signingIn = $state(false);
  /** A backup is being restored. */
  restoring = $state(false);
  /** Practice mode is being opened or left: nothing else can be begun, since it would reach whichever account is open by then. */
  switching = $state(false);

  /** Where the way back from the check leads. */
  #checkedFrom: Screen = "settings";

  readonly connection: Connection | null = $derived(this.state?.connection ?? null);
  readonly refreshesAtStart: boolean = $derived(this.state?.preferences.refreshAtStart ?? true);
  readonly keychainName: string = $derived(this.state?.keychainName ?? startWords().app.keychain);
  /** Without a connection the frame is still shown while there is something saved to find. */
  readonly view: "welcome" | "connect" | "restore" | "frame" = $derived.by(() => {
    if (this.restoring) return "restore";
    if (this.signingIn) return "connect";
    if (this.phase === "starting") return "frame";
    if (this.connection !== null || list.entries.length > 0 || unfinished.all.length > 0) return "frame";
    return "welcome";
  });

  constructor() {
    backend.on("connectionChanged", (connection) => this.#setConnection(connection));
    backend.on("closeAsked", (things) => this.#askBeforeClosing(things));
  }

  /** Months after which a key counts as old; 0 where none does. */
  get keyAgeLimitMonths(): number {
    return this.state?.preferences.keyAgeLimitMonths ?? 12;
  }

  /** Opens what is saved and then reads it anew from Twilio. */
  async start(): Promise<void> {
    await this.open();
    this.readAnew();
  }

  /** Shows what is saved. */
  async open(): Promise<void> {
    this.phase = "starting";
    try {
      this.#enter(await backend.start());
      this.phase = "ready";
    } catch (problem) {
      const failed = asFailure(problem);
      if (failed.kind === "locked") return this.#lock();
      this.failure = failed;
      this.phase = "failed";
    }
  }

  async openPractice(): Promise<void> {
    await this.#switch(() => backend.openPractice());
  }

  async leavePractice(): Promise<void> {
    await this.#switch(() => backend.leavePractice());
  }

  connected(connection: Connection): void {
    this.#setConnection(connection);
    this.signingIn = false;
    this.screen = "subaccounts";
    void list.load();
    void unfinished.load();
    void refresh.start();
  }

  /** Twilio’s answer was kept before a cancel could reach it: it holds, and whatever is on the screen by now stays. */
  connectedAfterAll(connection: Connection): void {
    this.#setConnection(connection);
    notices.show(startWords().notices.tooLateToCancel, { name: connection.name, tone: "warn" });
    void list.load();
    void unfinished.load();
    void refresh.start();
  }

  async disconnect(): Promise<void> {
    await backend.disconnect();
    refresh.reset();
    this.#setConnection(null);
    await list.load();
  }

  /** A backup was restored: what it brought is shown. */
  async restored(): Promise<void> {
    // Before the list is seen, so that nothing moves in it afterwards.
    const standing = backups.load();
    try {
      // With what was restored come choices, such as the service that keys are handed over to.
      this.#take(await backend.start());
    } catch (problem) {
      if (asFailure(problem).kind === "locked") return this.#lock();
      await Promise.all([list.load(), unfinished.load()]);
    }
    await standing;
    this.restoring = false;
    this.screen = "subaccounts";
  }

  go(screen: Screen): void {
    // A pane belongs to the list that it was opened from.
    if (screen !== this.screen && [screen, this.screen].includes("keys")) detail.close();
    this.screen = screen;
    this.signingIn = false;
  }

  /** Shows the page that tries out this computer, over whatever is there. */
  check(): void {
    if (this.screen !== "checkComputer") this.#checkedFrom = this.screen;
    this.screen = "checkComputer";
  }

  leaveCheck(): void {
    this.screen = this.#checkedFrom;
  }

  /** Keeps preferences; when that fails they hold until the program is closed. */
  async prefer(change: Partial<Preferences>): Promise<void> {
    if (this.state === null) return;
    const preferences = { ...this.state.preferences, ...change };
    this.state = { ...this.state, preferences };
    try {
      await backend.setPreferences(preferences);
    } catch (problem) {
      notices.show(startWords().notices.choiceNotKept, { tone: "warn" });
      console.warn(asFailure(problem).technical);
    }
  }

  dismissRecordsNotice(): void {
    if (this.state !== null) this.state = { ...this.state, recordsNotice: null };
  }

  #lock(): void {
    openAccount.leave();
    this.state = null;
    this.failure = null;
    this.phase = "locked";
    void lock.load();
  }

  async #switch(change: () => Promise<FirstScreen>): Promise<void> {
    if (this.switching) return;
    if (creation.running) {
      notices.show(startWords().notices.stillCreating, { tone: "warn" });
      return;
    }
    this.switching = true;
    dialogs.reset();
    confirming.reset();
    try {
      this.#enter(await change());
      this.readAnew();
    } catch (problem) {
      const failed = asFailure(problem);
      if (failed.kind === "locked") this.#lock();
      else this.failure = failed;
    } finally {
      this.switching = false;
    }
  }

  #enter(first: FirstScreen): void {
    openAccount.leave();
    this.failure = null;
    this.screen = "subaccounts";
    this.signingIn = false;
    this.restoring = false;
    this.#take(first);
  }

  #take(first: FirstScreen): void {
    list.sort = first.state.preferences.sort;
    list.put(first.list);
    unfinished.put(first.unfinished);
    putOffs.all = first.putOff;
    this.state = first.state;
    operations.put(first.operations);
  }

  /** Reads what the first screen can do without: how backups stand, and, unless that was switched off, everything anew from Twilio. */
  readAnew(): void {
    if (this.phase !== "ready") return;
    void backups.load();
    void lock.load();
    // What was never read cannot be shown: connecting asked for it.
    if (this.connection !== null && (this.refreshesAtStart || list.readAt === null)) void refresh.start();
  }

  #setConnection(connection: Connection | null): void {
    // Another account's subaccount does not stay open beside this one's list.
    if (this.connection !== null && connection !== null && connection.accountSid !== this.connection.accountSid) detail.close();
    if (this.state !== null) this.state = { ...this.state, connection };
  }

  #askBeforeClosing(things: Unfinished[]): void {
    // Where no dialog can be shown, the system asks.
    if (!dialogs.mounted || this.switching) return;
    // Nothing may lie over it: it is to be seen, whatever was being asked.
    confirming.reset();
    const { title, text, confirm, cancel } = startWords().app.closing;
    dialogs.ask({
      title,
      text: [text],
      subject: null,
      items: things,
      confirm,
      cancel,
      danger: true,
      run: () => backend.quitAnyway(),
    });
    backend.asksAboutClosing().catch(() => {
      // Then the system asks as well.
    });
  }
}

export const app = new App();
