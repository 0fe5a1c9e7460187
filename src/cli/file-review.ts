import { fileURLToPath } from "node:url";
import type { ReviewFront } from "../session/review/decisions";
import type { Landing } from "../session/review/landing";
import { type ReviewedFile, unrejectedText } from "../session/review/proposals";
import { readSourceFile, type SourceFile, writeNewFile, writeSourceFile } from "./source-file";

/** A review without an editor: what is proposed stands in memory, what is accepted goes to the disk. */
export class FileReview implements ReviewFront {
  readonly #rewritten = new Map<string, string>();
  /** The files as they were read for the change that is planned. */
  readonly #read = new Map<string, SourceFile>();

  async proposedText(reviewed: ReviewedFile): Promise<string> {
    return this.#rewritten.get(keyOf(reviewed)) ?? unrejectedText(reviewed);
  }

  async rewriteProposed(reviewed: ReviewedFile, text: string): Promise<void> {
    this.#rewritten.set(keyOf(reviewed), text);
  }

  /** Nobody can decide anything in a text that no editor shows. */
  isOpen(): boolean {
    return false;
  }

  shownText(): undefined {
    return undefined;
  }

  async textToChange({ file }: ReviewedFile): Promise<string | undefined> {
    if (file.change === "create") return undefined;
    const source = await readSourceFile(fileURLToPath(file.uri), undefined);
    this.#read.set(file.uri, source);
    return source.target.text;
  }

  /** Throws FailureError, with the file as it was, when it changed meanwhile or cannot be written. */
  async land(landings: readonly Landing[]): Promise<"landed" | "moved"> {
    for (const landing of landings) {
      const source = this.#read.get(landing.uri);
      if (landing.kind === "create") await writeNewFile(fileURLToPath(landing.uri), landing.text);
      else if (source === undefined) return "moved";
      else await writeSourceFile(source, landing.after);
    }
    return "landed";
  }

  async showConflict(): Promise<void> {}

  async showNext(): Promise<void> {}

  async concluded(): Promise<void> {}
}

function keyOf({ known, fileIndex }: ReviewedFile): string {
  return `${known.proposal.id}.${fileIndex}`;
}
