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

/** The file's own path comes last, so that the editor picks the language and the icon by its name. */
export function proposalUri(place: ProposalPlace, file: FileProposal): Uri {
  const name = file.path.replaceAll("\\", "/").replace(/^\/+/, "");
  return Uri.from({ scheme: proposalScheme, path: `/${place.proposalId}/${place.fileIndex}/${place.side}/${name}` });
}

export function proposalPlace(uri: Uri): ProposalPlace | undefined {
  if (uri.scheme !== proposalScheme) return undefined;
  const [, proposalId, index, side] = uri.path.split("/");
  if (proposalId === undefined || index === undefined || !/^\d+$/.test(index)) return undefined;
  return side === "proposed" || side === "base" ? { proposalId, fileIndex: Number(index), side } : undefined;
}
