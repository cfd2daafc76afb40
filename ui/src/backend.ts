/** The one door to the Rust side: no other file imports `@tauri-apps/*`, but for the generated bindings behind this one. */
import { Channel } from "@tauri-apps/api/core";
import { commands, events } from "./bindings";
import { asFailure } from "./failures/failure";
import type { Backend, BackendEvents, FirstScreen } from "./wire";

type Answered<Answer> = { status: "ok"; data: Answer } | { status: "error"; error: unknown };

/** The Rust side answers with a failure, or the window's framework refuses the call itself. */
async function answer<Answer>(call: Promise<Answered<Answer>>): Promise<Answer> {
  try {
    const answered = await call;
    if (answered.status === "ok") return answered.data;
    throw answered.error;
  } catch (problem) {
    throw asFailure(problem);
  }
}

async function done(call: Promise<Answered<null>>): Promise<void> {
  await answer(call);
}

/** What comes without a status: of commands that cannot fail on the Rust side, and of the one that was called before the page was there. */
async function told<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (problem) {
    throw asFailure(problem);
  }
}

declare global {
  var firstScreen: Promise<FirstScreen> | undefined;
}

/** The first screen was asked for by `ask_ahead.js` of the Rust side, before anything of the page was loaded; it is taken once. */
function start(): Promise<FirstScreen> {
  const asked = globalThis.firstScreen;
  if (asked === undefined) return answer(commands.start());
  globalThis.firstScreen = undefined;
  return told(asked);
}

function channel<Event>(onEvent: (event: Event) => void): Channel<Event> {
  const events = new Channel<Event>();
  events.onmessage = onEvent;
  return events;
}

type Listeners = {
  [Name in keyof BackendEvents]: {
    listen(heard: (event: { payload: BackendEvents[Name] }) => void): Promise<() => void>;
  };
};

const listeners: Listeners = events;
/** What waits until the Rust side is listened to; null once it is. */
let unheard: (() => void)[] | null = [];

const tauri: Backend = {
  start,
  openPractice: () => answer(commands.openPractice()),
  leavePractice: () => answer(commands.leavePractice()),

  connect: (accountSid, authToken) => answer(commands.connect(accountSid, authToken)),
  cancelConnect: () => told(commands.cancelConnect()),
  disconnect: () => done(commands.disconnect()),

  subaccounts: () => answer(commands.subaccounts()),
  refresh: () => done(commands.refresh()),
  stopRefresh: () => told(commands.stopRefresh()),
  subaccount: (sid) => answer(commands.subaccount(sid)),
  refreshSubaccount: (sid) => answer(commands.refreshSubaccount(sid)),

  previewSubaccount: (name) => answer(commands.previewSubaccount(name)),
  previewKey: (accountSid, name) => answer(commands.previewKey(accountSid, name)),
  suggestedKeyName: (accountSid) => answer(commands.suggestedKeyName(accountSid)),
  createSubaccount: (name, agreed, onStep) => answer(commands.createSubaccount(name, agreed, channel(onStep))),
  createKey: (accountSid, name, onStep) => answer(commands.createKey(accountSid, name, channel(onStep))),

  unfinished: () => answer(commands.unfinished()),
  finish: (id, onStep) => answer(commands.finish(id, channel(onStep))),
  deleteUnfinishedKey: (id) => done(commands.deleteUnfinishedKey(id)),

  handOverCard: (keySid) => answer(commands.handOverCard(keySid)),
  copyValue: (keySid, value) => answer(commands.copyValue(keySid, value)),
  copyAccountSid: (accountSid) => answer(commands.copyAccountSid(accountSid)),
  showSecret: (keySid) => answer(commands.showSecret(keySid)),
  secretOnScreen: (shown) => told(commands.secretOnScreen(shown)),
  recordHandOver: (keySid) => answer(commands.recordHandOver(keySid)),
  postponeHandOver: (keySid) => done(commands.postponeHandOver(keySid)),
  proveKey: (keySid) => answer(commands.proveKey(keySid)),

  lockState: () => answer(commands.lockState()),
  lockNow: () => done(commands.lockNow()),
  active: () => told(commands.active()),
  unlockWithSystem: () => done(commands.unlockWithSystem()),
  unlockWithPassphrase: (passphrase) => done(commands.unlockWithPassphrase(passphrase)),
  unlockWithAuthToken: (authToken) => done(commands.unlockWithAuthToken(authToken)),

  activity: () => answer(commands.activity()),
  setPreferences: (preferences) => done(commands.setPreferences(preferences)),
  checkComputer: (onNews) => done(commands.checkComputer(channel(onNews))),
  copyCheckReport: () => done(commands.copyCheckReport()),
  allowInspection: (name) => done(commands.allowInspection(name)),
  tidyKeychain: () => answer(commands.tidyKeychain()),
  openLink: (link) => done(commands.openLink(link)),
  passphraseStrength: (passphrase) => answer(commands.passphraseStrength(passphrase)),
  setPassphrase: (passphrase, old) => done(commands.setPassphrase(passphrase, old)),
  putBackMissing: (passphrase) => answer(commands.putBackMissing(passphrase)),
  saveRecoverySheet: () => answer(commands.saveRecoverySheet()),

  backupState: () => answer(commands.backupState()),
  chooseBackupFolder: () => answer(commands.chooseBackupFolder()),
  setDailyBackup: (daily) => answer(commands.setDailyBackup(daily)),
  backUpNow: () => answer(commands.backUpNow()),
  stopBackup: () => told(commands.stopBackup()),

  chooseBackup: () => answer(commands.chooseBackup()),
  restoreBackup: (passphrase) => answer(commands.restoreBackup(passphrase)),

  chooseExportFile: (format) => answer(commands.chooseExportFile(format)),
  exportKeys: (format, keySids, passphrase) => answer(commands.exportKeys(format, keySids, passphrase)),
  deletePlainFile: (file) => answer(commands.deletePlainFile(file)),
  keepPlainFile: (file) => answer(commands.keepPlainFile(file)),

  laidOut: () => told(commands.laidOut()),
  painted: () => told(commands.painted()),
  quit: () => told(commands.quit()),
  asksAboutClosing: () => told(commands.asksAboutClosing()),
  quitAnyway: () => told(commands.quitAnyway()),
  stopWaitingForKeychain: () => told(commands.stopWaitingForKeychain()),

  on<Name extends keyof BackendEvents>(name: Name, handler: (payload: BackendEvents[Name]) => void) {
    const listen = () => void listeners[name].listen(({ payload }) => handler(payload));
    if (unheard === null) listen();
    else unheard.push(listen);
  },
  listen() {
    const waiting = unheard ?? [];
    unheard = null;
    for (const listen of waiting) listen();
  },
};

const inTauri = "__TAURI_INTERNALS__" in globalThis;

export const backend: Backend =
  __FAKE_BACKEND__ && !inTauri ? (await import("./fake/backend")).backend : tauri;
