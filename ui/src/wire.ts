/**
 * What crosses between the window and the Rust side. Money and times are strings: a decimal amount, and UTC in ISO 8601.
 */

export type Money = { amount: string; currency: string };

export type Connection = {
  accountSid: string;
  name: string;
  /** A trial account may have one subaccount. */
  trial: boolean;
  balance: Money | null;
  connectedAt: string;
};

export type Platform = "windows" | "macos" | "linux";

export type Preferences = {
  /** Id of the service that new keys are made for and handed over to. */
  service: string;
  /** Column and direction of the subaccount list. */
  sort: Sort;
};

export type SortColumn = "name" | "status" | "credentials" | "spend" | "created";
export type Sort = { column: SortColumn; descending: boolean };

/** A service that asks for the three values, and its own words for them in the order of its form. */
export type Service = {
  id: string;
  name: string;
  /** Where in the service the values are entered; empty where not known. */
  place: string;
  fields: ServiceField[];
};
export type ServiceField = { value: HandOverValue; label: string };
export type HandOverValue = "accountSid" | "keySid" | "secret";

export type AppState = {
  practice: boolean;
  version: string;
  platform: Platform;
  /** The name of the place secrets are kept in on this computer, such as "Credential Manager". */
  keychainName: string;
  dataFolder: string;
  connection: Connection | null;
  services: Service[];
  preferences: Preferences;
  /** Set when records could not be opened as they were; says what was done. */
  recordsNotice: RecordsNotice | null;
};
export type RecordsNotice =
  | "restoredFromCopy"
  | "startedEmpty"
  /** The records are sound; today's copy of them could not be made. */
  | "noCopyMade";

export type SubaccountStatus = "active" | "suspended" | "closed" | "unknown";

/** One line of the subaccount list. */
export type SubaccountRow = {
  sid: string;
  name: string;
  status: SubaccountStatus;
  createdAt: string | null;
  /** SIDs of all keys known for it, for search. */
  keySids: string[];
  saved: number;
  /** Keys at Twilio whose secret is not saved here; null until they were read. */
  unsaved: number | null;
  /** Saved here, but no longer at Twilio. */
  removed: number;
  /** Saved and not handed over yet. */
  notHandedOver: number;
  /** Steps that have begun and are not finished. */
  unfinished: number;
  /** This month; null until it was read. */
  spend: Money | null;
  spendAsOf: string | null;
  /** It is saved here but Twilio no longer lists it. */
  gone: boolean;
};

export type SubaccountList = {
  rows: SubaccountRow[];
  /** When the list was last read from Twilio; null if never. */
  readAt: string | null;
};

export type KeyState =
  /** Secret in the keychain. */
  | "saved"
  /** Secret held as a sealed copy; not in the keychain yet. */
  | "sealedOnly"
  /** At Twilio, without a secret here. */
  | "notSaved"
  /** Secret here, but the key is no longer at Twilio. */
  | "removedAtTwilio"
  /** Being made; see its unfinished entry. */
  | "unfinished";

export type KeyRow = {
  sid: string;
  name: string;
  createdAt: string | null;
  state: KeyState;
  provedAt: string | null;
  handedOver: { at: string; serviceName: string } | null;
  postponedAt: string | null;
};

/** Where something unfinished stands. */
export type UnfinishedStage =
  /** Twilio was not asked yet. */
  | "planned"
  /** Twilio was asked; whether it made anything is not known. */
  | "sent"
  /** The subaccount exists; its key does not yet. */
  | "subaccountMade"
  /** The secret is held as a sealed copy. */
  | "sealed"
  /** The secret is in the keychain. */
  | "kept"
  /** The key has its plain name, and was not tested yet. */
  | "renamed"
  /** The secret is in this program's memory alone. */
  | "heldInMemory"
  /** The key cannot be used and is still to be deleted at Twilio. */
  | "deleteDue";

/** Something begun and not finished: shown with Finish, Try again or Delete. */
export type Unfinished = {
  id: number;
  what: "subaccount" | "key";
  /** The subaccount's name. */
  name: string;
  keyName: string | null;
  accountSid: string | null;
  keySid: string | null;
  stage: UnfinishedStage;
  /** What stopped it last, where that is known. */
  problem: Failure | null;
  /** A workflow is at it right now. */
  running: boolean;
  canFinish: boolean;
  canDelete: boolean;
  startedAt: string;
};

export type Activity = {
  at: string;
  accountSid: string | null;
  accountName: string | null;
  keySid: string | null;
  what: ActivityKind;
  detail: string | null;
};
export type ActivityKind =
  | "connected"
  | "disconnected"
  | "subaccountCreated"
  | "keyCreated"
  /** At Twilio, from here or elsewhere. */
  | "keyDeleted"
  /** A key whose secret never arrived was deleted at Twilio. */
  | "unusableKeyDeleted"
  /** What Twilio had not answered turned out not to have been made. */
  | "nothingWasMade"
  | "handedOver"
  | "handOverPostponed"
  | "secretCopied"
  | "secretShown"
  | "credentialRemoved"
  /** A lost keychain item was put back from its sealed copy. */
  | "credentialRestored";

export type SubaccountDetail = {
  row: SubaccountRow;
  keys: KeyRow[];
  keysReadAt: string | null;
  unfinished: Unfinished[];
  activity: Activity[];
};

export type NameProblem = "empty" | "tooLong" | "controlCharacters" | "mixedDirection";

export type Preview = {
  /** As it will be stored: trimmed. */
  name: string;
  keyName: string;
  /** The key name had to be shortened to fit 64 characters. */
  keyNameCut: boolean;
  problem: NameProblem | null;
  /** Subaccounts that already have this name, without regard to case. */
  duplicates: { sid: string; name: string; status: SubaccountStatus }[];
};

/** The steps of making a subaccount and a key, in order. */
export type StepName =
  | "check"
  | "createSubaccount"
  | "createKey"
  | "seal"
  | "saveInKeychain"
  | "nameKey"
  | "prove";
export type StepState = "running" | "done" | "waiting" | "failed";
export type StepEvent = { step: StepName; state: StepState };

/** What creating ended in. `key` is set as soon as a credential is safe enough to hand over. */
export type Made = { accountSid: string; accountName: string; keySid: string };

export type HandOverCard = {
  accountSid: string;
  accountName: string;
  keySid: string;
  keyName: string;
  service: Service;
  /** Last time a live call with this key worked. */
  provedAt: string | null;
  handedOver: { at: string; serviceName: string } | null;
  state: KeyState;
};

export type RefreshProgress = {
  phase: "subaccounts" | "details" | "done" | "stopped" | "failed";
  done: number;
  total: number;
  failure: Failure | null;
};

/** Set for a secret: the clipboard is cleared after this many seconds if it still holds it. */
export type Copied = { clearsAfterSeconds: number | null };
export type Shown = { secret: string; hideAfterSeconds: number };

/** Whether anything was changed at Twilio by what went wrong. */
export type ChangedAtTwilio = "no" | "yes" | "unknown";

export type FailureKind =
  // signing in
  | "accountSidEmpty"
  | "accountSidMalformed"
  | "keySidInsteadOfAccountSid"
  | "authTokenEmpty"
  | "authTokenMalformed"
  | "wrongSignIn"
  | "subaccountInsteadOfParent"
  | "standardKey"
  | "restrictedKey"
  | "mainKeyCannotOpenSubaccounts"
  | "testCredentials"
  | "accountSuspended"
  | "accountClosed"
  | "notConnected"
  // the way to Twilio
  | "offline"
  | "connectionRefused"
  | "proxy"
  | "certificate"
  | "clock"
  | "timedOut"
  | "connectionLost"
  | "tooManyRequests"
  | "twilioTrouble"
  | "unreadableAnswer"
  | "wrongAccountAnswered"
  // what Twilio refuses
  | "notFound"
  | "noPermission"
  | "subaccountLimit"
  | "trialSubaccountLimit"
  | "keyLimit"
  | "nameRefused"
  | "statusRefused"
  | "subaccountNotActive"
  | "refused"
  // names
  | "badName"
  // the keychain
  | "keychainMissing"
  | "keychainLocked"
  | "keychainDismissed"
  | "keychainNoAnswer"
  | "keychainFull"
  | "keychainBlocked"
  | "keychainNotSignedIn"
  | "keychainChanged"
  | "keychainAmbiguous"
  | "keychainNotConfirmed"
  | "keychainBroken"
  | "keychainPasswordOutOfDate"
  | "keychainUnopenable"
  | "programNotSigned"
  | "keychainManagerMissing"
  | "secretNotFound"
  // this computer
  | "diskFull"
  | "diskUnwritable"
  | "recordsBroken"
  | "recordsNewer"
  | "recordsInUse"
  | "clipboardUnavailable"
  // where a creation stands
  | "outcomeUnknown"
  | "notCreated"
  | "keyUnusableRemoved"
  | "keyUnusableNotRemoved"
  | "secretSealedOnly"
  | "secretInMemoryOnly"
  | "notProvedYet"
  | "alreadyRunning"
  | "notDeletable"
  | "internal";

export type Failure = {
  kind: FailureKind;
  changed: ChangedAtTwilio;
  /** Of what went wrong, for a sentence: a name or a SID; never a secret. */
  subject: string | null;
  /** The unfinished entry that Finish, Try again and Delete act on. */
  unfinished: number | null;
  /** For support: Twilio's code, HTTP status and request id, and a technical line. */
  code: number | null;
  status: number | null;
  requestId: string | null;
  technical: string | null;
};

export type LinkName = "twilioConsole" | "twilioAuthToken" | "keychainManager" | "twilioStatus";

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

  on<Name extends keyof BackendEvents>(
    name: Name,
    handler: (payload: BackendEvents[Name]) => void,
  ): () => void;
}
