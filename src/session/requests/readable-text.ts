import { FailureError } from "../../core/failure-error";

/** A larger file is more than any model reads and more than an editor diffs in comfort. */
const limitBytes = 5 * 1024 * 1024;

/** Throws FailureError for a file that is too large to be worked on. @param bytes its size. */
export function refuseTooLarge(bytes: number, path: string): void {
  if (bytes > limitBytes) throw new FailureError({ kind: "fileTooLarge", path, bytes, limitBytes });
}

/** Throws FailureError when the text is nothing that a model could work on. */
export function refuseUnreadable(text: string, path: string): void {
  // Counting bytes costs a pass over the text, so only where it could matter: a character has three
  // at most.
  if (text.length * 3 > limitBytes) refuseTooLarge(Buffer.byteLength(text), path);
  if (text.includes("\0")) throw new FailureError({ kind: "fileBinary", path });
}
