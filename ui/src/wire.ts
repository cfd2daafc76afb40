/**
 * What crosses between the window and the Rust side. The types are generated from the Rust ones, and so are the calls and events: what each
 * is for is said where it is generated from. The real backend and the made-up one both have this interface.
 */
import type { commands, events } from "./bindings";

export type * from "./bindings";

type Answer<Result> = [Result] extends [null] ? void : Result;

type Call<Command> = Command extends (...given: infer Arguments) => Promise<infer Result>
  ? (...given: Arguments) => Promise<Answer<Result>>
  : never;

/** Everything the window may ask of the Rust side. Every call rejects with a Failure. */
export type Calls = { [Name in keyof typeof commands]: Call<(typeof commands)[Name]> };

type Payload<Listen> = Listen extends (heard: (event: infer Event) => void) => unknown
  ? Event extends { payload: infer Told }
    ? Told
    : never
  : never;

/** What the Rust side tells the window without being asked. */
export type BackendEvents = { [Name in keyof typeof events]: Payload<(typeof events)[Name]["listen"]> };

export interface Backend extends Calls {
  /** Names what is to be done when the Rust side tells of something. */
  on<Name extends keyof BackendEvents>(name: Name, handler: (payload: BackendEvents[Name]) => void): void;
  /**
   * Begins to listen. Each thing that is listened to is a question to the Rust side, and the first picture of the window does not wait
   * for them: before it is painted the Rust side begins nothing that it could tell of.
   */
  listen(): void;
}
