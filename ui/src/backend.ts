/**
 * The one door to the Rust side: no other file imports `@tauri-apps/*`.
 * Command names are the methods of `Backend` in snake_case, event names those of `BackendEvents` in kebab-case.
 */
import { Channel, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { asFailure } from "./failures";
import type { Backend, BackendEvents, StepEvent } from "./wire";

async function call<Answer>(command: string, args: Record<string, unknown> = {}): Promise<Answer> {
  try {
    return await invoke<Answer>(command, args);
  } catch (problem) {
    throw asFailure(problem);
  }
}

function stepChannel(onStep: (event: StepEvent) => void): Channel<StepEvent> {
  const channel = new Channel<StepEvent>();
  channel.onmessage = onStep;
  return channel;
}

const eventNames: Record<keyof BackendEvents, string> = {
  refreshProgress: "refresh-progress",
  rowsChanged: "rows-changed",
  unfinishedChanged: "unfinished-changed",
  clipboardCleared: "clipboard-cleared",
  closeAsked: "close-asked",
  connectionChanged: "connection-changed",
};

const tauri: Backend = {
  start: () => call("start"),
  openPractice: () => call("open_practice"),
  leavePractice: () => call("leave_practice"),

  connect: (accountSid, authToken) => call("connect", { accountSid, authToken }),
  disconnect: () => call("disconnect"),

  subaccounts: () => call("subaccounts"),
  refresh: () => call("refresh"),
  stopRefresh: () => call("stop_refresh"),
  subaccount: (sid) => call("subaccount", { sid }),
  refreshSubaccount: (sid) => call("refresh_subaccount", { sid }),

  previewSubaccount: (name) => call("preview_subaccount", { name }),
  previewKey: (accountSid, name) => call("preview_key", { accountSid, name }),
  suggestedKeyName: (accountSid) => call("suggested_key_name", { accountSid }),
  createSubaccount: (name, onStep) => call("create_subaccount", { name, onStep: stepChannel(onStep) }),
  createKey: (accountSid, name, onStep) =>
    call("create_key", { accountSid, name, onStep: stepChannel(onStep) }),

  unfinished: () => call("unfinished"),
  finish: (id, onStep) => call("finish", { id, onStep: stepChannel(onStep) }),
  deleteUnfinishedKey: (id) => call("delete_unfinished_key", { id }),

  handOverCard: (keySid) => call("hand_over_card", { keySid }),
  copyValue: (keySid, value) => call("copy_value", { keySid, value }),
  copyAccountSid: (accountSid) => call("copy_account_sid", { accountSid }),
  showSecret: (keySid) => call("show_secret", { keySid }),
  recordHandOver: (keySid) => call("record_hand_over", { keySid }),
  postponeHandOver: (keySid) => call("postpone_hand_over", { keySid }),
  proveKey: (keySid) => call("prove_key", { keySid }),

  activity: () => call("activity"),
  setPreferences: (preferences) => call("set_preferences", { preferences }),
  openLink: (link) => call("open_link", { link }),
  painted: () => call("painted"),
  quit: () => call("quit"),

  on(name, handler) {
    const listening = listen<never>(eventNames[name], (event) => handler(event.payload));
    return () => {
      void listening.then((stop) => stop());
    };
  },
};

const inTauri = "__TAURI_INTERNALS__" in globalThis;

export const backend: Backend =
  __FAKE_BACKEND__ && !inTauri ? (await import("./fake/backend")).backend : tauri;
