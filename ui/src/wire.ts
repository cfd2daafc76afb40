/**
 * What crosses between the window and the Rust side. The types are generated from the Rust ones; the calls are described here, as one
 * interface that the real backend and the made-up one both have.
 */
import type {
  Activity,
  AppState,
  Connection,
  Copied,
  HandOverCard,
  HandOverValue,
  KeyRow,
  LinkName,
  Made,
  Preferences,
  Preview,
  RefreshProgress,
  Shown,
  StepEvent,
  SubaccountDetail,
  SubaccountList,
  SubaccountRow,
  Unfinished,
} from "./bindings";

export type * from "./bindings";

/** What the Rust side tells the window without being asked. */
export type BackendEvents = {
  refreshProgress: RefreshProgress;
  /** Rows that are new or changed. */
  rowsChanged: SubaccountRow[];
  /** Something unfinished began, moved or ended. */
  unfinishedChanged: Unfinished[];
  /** The clipboard no longer holds the copied secret. */
  clipboardCleared: null;
  /** The window was asked to close while a secret is not safe yet. */
  closeAsked: Unfinished[];
  connectionChanged: Connection | null;
  /** Whether the keychain lets a call wait, perhaps for a password box behind this window. Told again while it lasts. */
  keychainWaits: boolean;
};

/** Everything the window may ask of the Rust side. Every call rejects with a Failure. */
export interface Backend {
  start(): Promise<AppState>;
  /** Opens the made-up Twilio in its own data folder, or leaves it. The whole state is new afterwards. */
  openPractice(): Promise<AppState>;
  leavePractice(): Promise<AppState>;

  connect(accountSid: string, authToken: string): Promise<Connection>;
  /** Removes the Auth Token from the keychain. Saved credentials stay. */
  disconnect(): Promise<void>;

  subaccounts(): Promise<SubaccountList>;
  /** Reads everything anew; progress comes as events. Resolves when it has ended or was stopped. */
  refresh(): Promise<void>;
  stopRefresh(): Promise<void>;
  subaccount(sid: string): Promise<SubaccountDetail>;
  /** Reads one subaccount's keys and spend anew. */
  refreshSubaccount(sid: string): Promise<SubaccountDetail>;

  previewSubaccount(name: string): Promise<Preview>;
  previewKey(accountSid: string, name: string): Promise<Preview>;
  /** The key name the service's pattern gives for this subaccount. */
  suggestedKeyName(accountSid: string): Promise<string>;
  createSubaccount(name: string, onStep: (event: StepEvent) => void): Promise<Made>;
  createKey(accountSid: string, name: string, onStep: (event: StepEvent) => void): Promise<Made>;

  unfinished(): Promise<Unfinished[]>;
  /** Goes on where an unfinished creation stands; also Try again. */
  finish(id: number, onStep: (event: StepEvent) => void): Promise<Made>;
  /** Deletes the unfinished key at Twilio, and its secret here. */
  deleteUnfinishedKey(id: number): Promise<void>;

  handOverCard(keySid: string): Promise<HandOverCard>;
  copyValue(keySid: string, value: HandOverValue): Promise<Copied>;
  copyAccountSid(accountSid: string): Promise<Copied>;
  showSecret(keySid: string): Promise<Shown>;
  recordHandOver(keySid: string): Promise<HandOverCard>;
  postponeHandOver(keySid: string): Promise<void>;
  /** Calls Twilio with the key. */
  proveKey(keySid: string): Promise<KeyRow>;

  activity(): Promise<Activity[]>;
  setPreferences(preferences: Preferences): Promise<void>;
  openLink(link: LinkName): Promise<void>;
  /** The front end has painted its first screen; the window may be shown. */
  painted(): Promise<void>;
  /** Closes the program although something is unfinished. */
  quit(): Promise<void>;
  /** Ends every wait for the keychain; what waited fails and says where it stands. */
  stopWaitingForKeychain(): Promise<void>;

  on<Name extends keyof BackendEvents>(
    name: Name,
    handler: (payload: BackendEvents[Name]) => void,
  ): () => void;
}
