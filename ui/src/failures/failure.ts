/** What a failure is, apart from the words for it: those are not needed for the first picture of the window. */
import type { Failure, FailureKind } from "../wire";

/** A failure that changed nothing at Twilio, unless `details` say otherwise. */
export function failure(kind: FailureKind, details: Partial<Failure> = {}): Failure {
  return {
    kind,
    changed: "no",
    subject: null,
    unfinished: null,
    code: null,
    status: null,
    requestId: null,
    words: null,
    technical: null,
    ...details,
  };
}

/** Makes a failure of anything that was thrown: the Rust side rejects with one, the window's framework with text. */
export function asFailure(thrown: unknown): Failure {
  return isFailure(thrown) ? thrown : failure("internal", { changed: "unknown", technical: technicalLine(thrown) });
}

/** Whether a failure means that Twilio cannot be reached at the moment, rather than that it said no. */
export function isUnreachable(kind: FailureKind): boolean {
  if (kind.startsWith("proxy")) return true;
  return ["offline", "connectionRefused", "noAuthorities", "inspected", "certificate", "clock", "timedOut", "connectionLost"].includes(
    kind,
  );
}

/** Nothing else that is thrown has these. */
function isFailure(thrown: unknown): thrown is Failure {
  return typeof thrown === "object" && thrown !== null && Object.keys(failure("internal")).every((field) => field in thrown);
}

function technicalLine(thrown: unknown): string {
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return text.slice(0, 300);
}
