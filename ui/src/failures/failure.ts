import type { Failure, FailureKind } from "../wire";

/** Makes a failure of anything that was thrown: the Rust side rejects with a `Failure`, the window's framework with text. */
export function asFailure(problem: unknown): Failure {
  if (isFailure(problem)) return problem;
  return failure("internal", { changed: "unknown", technical: technicalLine(problem) });
}

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

function isFailure(problem: unknown): problem is Failure {
  return typeof problem === "object" && problem !== null && "kind" in problem && "changed" in problem;
}

function technicalLine(problem: unknown): string {
  const text = problem instanceof Error ? `${problem.name}: ${problem.message}` : String(problem);
  return text.slice(0, 300);
}
