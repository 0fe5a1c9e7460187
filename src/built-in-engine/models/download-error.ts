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
  return downloadFailed(what, root instanceof Error ? causeOf(root) : String(root));
}

/** What a certificate lacks is told by its code better than by its message. */
function causeOf(error: Error): string {
  const code = systemCode(error);
  const { message } = error;
  if (message === "") return code || error.name;
  return /CERT|LEAF/.test(code) ? `${message}, ${code}` : message;
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
