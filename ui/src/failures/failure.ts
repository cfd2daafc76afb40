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
    technical: null,
    ...details,
  };
}
