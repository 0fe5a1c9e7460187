import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { FailureError } from "../core/failure-error";
import { guardReason } from "../core/run/edits/guard-reason";
import type { KeptPlace, Landing } from "../session/review/landing";
import { fileKey, type ReviewedFile, unrejectedText } from "../session/review/proposals";
import { isProjectFile, realPlace } from "../session/review/real-place";
import type { GuardedLanding, ReviewFront } from "../session/review/review-front";
import { readSourceFile, type SourceFile } from "./source-file";
import { type FileChange, writeFiles } from "./write-files";

export interface FileReviewParts {
  /** The file that the person named: it may be changed wherever it is. */
  readonly asked: SourceFile;
  /** The project: nothing else than the file asked about is changed outside of it. */
  readonly folder: string;
  /** Guarded files that the person named one by one. */
  readonly named: readonly string[];
}

/**
 * A review without an editor: what is proposed stands in memory, what is accepted goes to the disk.
 */
export class FileReview implements ReviewFront {
  readonly #parts: FileReviewParts;
  readonly #rewritten = new Map<string, string>();
  /** The files as they were read for the change that is planned. */
  readonly #read = new Map<string, SourceFile>();

  constructor(parts: FileReviewParts) {
    this.#parts = parts;
  }

  async proposedText(reviewed: ReviewedFile): Promise<string> {
    return this.#rewritten.get(fileKey(reviewed)) ?? unrejectedText(reviewed);
  }

  async rewriteProposed(reviewed: ReviewedFile, text: string): Promise<void> {
    this.#rewritten.set(fileKey(reviewed), text);
  }

  /** Nobody can decide anything in a text that no editor shows. */
  isOpen(): boolean {
    return false;
  }

  async textNow({ file }: ReviewedFile): Promise<string | undefined> {
    return await readSourceFile(fileURLToPath(file.uri), undefined).then(
      ({ target }) => target.text,
      () => undefined,
    );
  }

  async textToChange({ file }: ReviewedFile): Promise<string | undefined> {
    await this.#confine(file.uri, file.path);
    if (file.change === "create") return undefined;
    const source = await readSourceFile(fileURLToPath(file.uri), undefined);
    this.#read.set(file.uri, source);
    return source.target.text;
  }

  async keptPlace({ file }: ReviewedFile): Promise<KeptPlace> {
    return { path: await realPlace(fileURLToPath(file.uri)), leadsOut: false };
  }

  /** Throws FailureError unless the person named the file: nobody is there to be asked. */
  async confirmGuarded({ landing, guard, kept }: GuardedLanding): Promise<true> {
    for (const each of this.#parts.named)
      if ((await realPlace(resolve(each))) === kept?.path) return true;
    throw new FailureError({
      kind: "guardedPlace",
      path: landing.path,
      reason: guardReason(guard),
    });
  }

  /**
   * Writes all or none. Throws FailureError, with the files as they were, when one changed
   * meanwhile or cannot be written.
   */
  async land(landings: readonly Landing[]): Promise<"landed" | "moved"> {
    const changes: FileChange[] = [];
    for (const landing of landings) {
      if (landing.kind === "create") {
        const path = fileURLToPath(landing.uri);
        changes.push({ kind: "create", path, text: landing.text });
        continue;
      }
      if (landing.kind === "remove")
        throw new FailureError({ kind: "applyRefused", path: landing.path });
      const source = this.#read.get(landing.uri);
      if (source === undefined) return "moved";
      changes.push({ kind: "edit", source, text: landing.after });
    }
    await writeFiles(changes);
    return "landed";
  }

  /** The process ends with its decision; the diff that it printed can be taken back with `-R`. */
  async takeBack(): Promise<false> {
    return false;
  }

  async showConflict(): Promise<void> {}

  async showNext(): Promise<void> {}

  async concluded(): Promise<void> {}

  /** Throws FailureError for a file outside of the project, by its path or by a link in it. */
  async #confine(uri: string, path: string): Promise<void> {
    const { asked, folder } = this.#parts;
    if (uri === asked.target.uri) return;
    if (!isProjectFile(await realPlace(fileURLToPath(uri)), await realPlace(folder)))
      throw new FailureError({ kind: "applyRefused", path });
  }
}
