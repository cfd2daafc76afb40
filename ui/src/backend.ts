/** The one door to the Rust side: no other file imports `@tauri-apps/*`, but for the generated bindings behind this one. */
import { commands, events } from "./bindings";
import { asFailure } from "./failures/failure";
import type { Backend, BackendEvents, Calls, FirstScreen } from "./wire";

/** The Rust side rejects with a failure, or the window's framework refuses the call itself. */
async function answerOf<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (problem) {
    throw asFailure(problem);
  }
}

type AnyCall = (...given: unknown[]) => Promise<unknown>;

/** The same command for the page: it rejects with a failure. */
function called(command: AnyCall): AnyCall {
  return (...given) => answerOf(command(...given));
}

const calls = Object.fromEntries(Object.entries(commands).map(([name, command]) => [name, called(command as AnyCall)])) as Calls;

declare global {
  var firstScreen: Promise<FirstScreen> | undefined;
}

/** The first screen was asked for by `ask_ahead.js` of the Rust side, before anything of the page was loaded; it is taken once. */
function start(): Promise<FirstScreen> {
  const asked = globalThis.firstScreen;
  if (asked === undefined) return calls.start();
  globalThis.firstScreen = undefined;
  return answerOf(asked);
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
  ...calls,
  start,
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

export const backend: Backend = __FAKE_BACKEND__ && !inTauri ? (await import("./fake/backend")).backend : tauri;
