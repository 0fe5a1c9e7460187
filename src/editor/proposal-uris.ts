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

/** The path is the file's own, so that breadcrumbs, language and icon are too; which proposal it belongs to is in the authority. */
export function proposalUri({ proposalId, fileIndex, side }: ProposalPlace, file: FileProposal): Uri {
  const name = file.path.replaceAll("\\", "/").replace(/^\/+/, "");
  return Uri.from({ scheme: proposalScheme, authority: `${proposalId}.${fileIndex}.${side}`, path: `/${name}` });
}

export function proposalPlace(uri: Uri): ProposalPlace | undefined {
  if (uri.scheme !== proposalScheme) return undefined;
  const [, proposalId, index, side] = /^([\w-]+)\.(\d+)\.(proposed|base)$/.exec(uri.authority) ?? [];
  if (proposalId === undefined || index === undefined) return undefined;
  return { proposalId, fileIndex: Number(index), side: side === "base" ? "base" : "proposed" };
}
