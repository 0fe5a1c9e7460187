import type { Failure } from "../protocol/failure";

/**
 * How a Failure travels through code that throws. Everything else that is thrown is a bug of ours.
 */
export class FailureError extends Error {
  constructor(
    readonly failure: Failure,
    options?: { readonly cause?: unknown },
  ) {
    super(failure.kind, options);
    this.name = "FailureError";
  }
}

/** The failure in whatever was thrown; an unknown error becomes `internal`. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  return {
    kind: "internal",
    message: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
  };
}
