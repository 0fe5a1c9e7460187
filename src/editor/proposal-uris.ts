import { Uri } from "vscode";
import type { FileProposal } from "../protocol/proposal";

export const proposalScheme = "thinkaloud-proposal";

/** `proposed` is the writable right side of a review, `base` the empty left side of a file that is to be created. */
export type ProposalSide = "proposed" | "base";

export interface ProposalPlace {
  readonly proposalId: string;
  readonly fileIndex: number;
  readonly side: ProposalSide;
}

/**
 * The path is the file's own, so that language and icon are too, and an editor of several files does not take it for renamed; which
 * proposal it belongs to is in the authority.
 */
export function proposalUri({ proposalId, fileIndex, side }: ProposalPlace, file: FileProposal): Uri {
  // A document that was never saved has a path without a slash, which does not go behind an authority.
  const path = Uri.parse(file.uri).path.replace(/^\/*/, "/");
  return Uri.from({ scheme: proposalScheme, authority: `${proposalId}.${fileIndex}.${side}`, path });
}

export function proposalPlace(uri: Uri): ProposalPlace | undefined {
  if (uri.scheme !== proposalScheme) return undefined;
  const [, proposalId, index, side] = /^([\w-]+)\.(\d+)\.(proposed|base)$/.exec(uri.authority) ?? [];
  if (proposalId === undefined || index === undefined) return undefined;
  return { proposalId, fileIndex: Number(index), side: side === "base" ? "base" : "proposed" };
}
