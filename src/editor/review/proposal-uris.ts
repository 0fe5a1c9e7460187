import { Uri } from "vscode";
import type { FileProposal, Proposal } from "../../protocol/proposal";
import { quietLanguage } from "../../session/review/proposal-language";
import { cellScheme } from "../documents/notebook-cells";

export const proposalScheme = "thinkaloud-proposal";

/**
 * `proposed` is the writable right side of a review, `base` the empty left side of a file that is
 * to be created.
 */
export type ProposalSide = "proposed" | "base";

export interface ProposalPlace {
  readonly proposalId: string;
  readonly fileIndex: number;
  readonly side: ProposalSide;
}

/**
 * The path is the file's own, so that language and icon are too; which proposal it belongs to is in
 * the authority. An editor of several files takes a file for renamed unless both sides have the
 * same path; in one of a single file the breadcrumbs show the path, which is short then.
 */
export function proposalUri(
  { proposalId, fileIndex, side }: ProposalPlace,
  { files }: Proposal,
): Uri {
  const file = files[fileIndex];
  const uri = Uri.parse(file?.uri ?? "");
  const own = files.length > 1 ? uri.path : (file?.path ?? "").replaceAll("\\", "/");
  const ending = endingFor(file, uri);
  const path = `/${own.replace(/^\/+/, "")}${ending}`;
  return Uri.from({
    scheme: proposalScheme,
    authority: `${proposalId}.${fileIndex}.${side}`,
    path,
  });
}

/** Keeps the editor from taking the text, by its name, for what must not be opened as that. */
function endingFor(file: FileProposal | undefined, uri: Uri): string {
  // A cell would be opened as a whole notebook.
  if (uri.scheme === cellScheme) return ".cell";
  // A service would fetch what the text names before the language is set to one that fetches
  // nothing.
  return file !== undefined && quietLanguage(file) !== undefined ? ".proposal" : "";
}

export function proposalPlace(uri: Uri): ProposalPlace | undefined {
  if (uri.scheme !== proposalScheme) return undefined;
  const [, proposalId, index, side] =
    /^([\w-]+)\.(\d+)\.(proposed|base)$/.exec(uri.authority) ?? [];
  if (proposalId === undefined || index === undefined) return undefined;
  return { proposalId, fileIndex: Number(index), side: side === "base" ? "base" : "proposed" };
}
