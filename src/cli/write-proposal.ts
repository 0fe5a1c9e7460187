import { fileURLToPath } from "node:url";
import type { Proposal } from "../protocol/proposal";
import { type SourceFile, writeNewFile, writeSourceFile } from "./source-file";

/** Writes what was proposed. Throws FailureError, with the file as it was, when it changed meanwhile or cannot be written. */
export async function writeProposal(proposal: Proposal, source: SourceFile): Promise<void> {
  for (const { change, uri, proposed } of proposal.files) {
    switch (change) {
      case "edit":
        await writeSourceFile(source, proposed);
        break;
      case "create":
        await writeNewFile(fileURLToPath(uri), proposed);
        break;
      default:
        change satisfies never;
    }
  }
}
