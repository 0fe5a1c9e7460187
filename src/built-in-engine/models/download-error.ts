import { systemCode } from "../../base/system-code";
import type { Failure } from "../../protocol/failure";

/** A download that did not work out, as the failure that the person is told. */
export class DownloadError extends Error {
  constructor(
    readonly failure: Failure,
    message: string,
  ) {
    super(message);
    this.name = "DownloadError";
  }
}

/** Turns what a file system or network call threw into the failure that it means. */
export function downloadFailure(error: unknown, what: string, path: string): Error {
  if (error instanceof DownloadError) return error;
  if (isDiskFull(error))
    return new DownloadError({ kind: "diskFull", path }, `no space left on device: ${path}`);
  const root = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const cause =
    root instanceof Error ? root.message || systemCode(root) || root.name : String(root);
  return downloadFailed(what, cause);
}

export function downloadFailed(what: string, cause: string): DownloadError {
  return new DownloadError(
    { kind: "downloadFailed", what, cause },
    `download of ${what} failed: ${cause}`,
  );
}

export function isDiskFull(error: unknown): boolean {
  return ["ENOSPC", "EDQUOT"].includes(systemCode(error));
}

export function checksumMismatch(what: string, expected: string, found: string): DownloadError {
  return new DownloadError(
    { kind: "checksumMismatch", what, expected, found },
    `digest mismatch, file must be downloaded again: want ${expected}, got ${found}`,
  );
}
