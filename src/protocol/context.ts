import type { Range } from "./document";

/** What a piece of context is to the code that a request is about. */
export const pieceKinds = [
  "instructions",
  "definition",
  "type",
  "test",
  "caller",
  "recent",
  "file",
  "folder",
  "symbol",
  "problems",
  "diff",
  "selection",
  "terminal",
] as const;
export type PieceKind = (typeof pieceKinds)[number];

/** Who found a piece. `person`: it was named, by a mention or a dragged file. */
export type PieceSource =
  | "definitions"
  | "types"
  | "references"
  | "problems"
  | "git"
  | "edits"
  | "opened"
  | "search"
  | "project"
  | "person";

/** A file of the project as it was when a piece of it was taken. */
export interface PieceFile {
  readonly uri: string;
  /** Relative to the workspace, with forward slashes. */
  readonly path: string;
  readonly languageId: string;
  /** The editor's version of an open document; 0 for what was read from disk. */
  readonly version: number;
  /** All of it, with its own line ends. */
  readonly text: string;
}

/** Something beside the code in question that the model may be shown. Plain data, taken once. */
export interface ContextPiece {
  /** The same for the same thing in every request, so that what the person said of it holds. */
  readonly id: string;
  readonly kind: PieceKind;
  /** What it is, in a few words for the person: `function trim`. */
  readonly title: string;
  /** The name that the code in question calls it by; absent where it has none. */
  readonly name?: string;
  /** Relative to the workspace; absent for what stands in no file. */
  readonly path?: string;
  /** Whole lines of the file; absent where the piece is no stretch of it. */
  readonly range?: Range;
  /**
   * The language of `text`; absent where it is prose or a list, which goes without a code block.
   */
  readonly languageId?: string;
  readonly text: string;
  readonly source: PieceSource;
  /** Why it is here, in a sentence for the person. */
  readonly reason: string;
  /** How much it is worth to the model, from 0 to 1. */
  readonly value: number;
  /** `text` is `range` of `file` to the letter, and an edit of it may be proposed. */
  readonly editable: boolean;
  /** The file that it is a part of, for who places edits; absent where nothing is placed. */
  readonly file?: PieceFile;
}

/** Why a piece was not sent. */
export type DropReason = "room" | "person" | "ignored" | "late" | "missing";

/** A piece that was found or asked for, and not sent. */
export interface DroppedPiece {
  readonly id: string;
  readonly title: string;
  readonly path?: string;
  readonly why: DropReason;
  /** Absent where it was never read. */
  readonly tokens?: number;
}

/** A piece in the list that the panel shows before anything is sent. */
export interface ListedPiece {
  readonly id: string;
  readonly kind: PieceKind;
  readonly title: string;
  readonly path?: string;
  readonly reason: string;
  readonly tokens: number;
  readonly state: "sent" | "pinned" | "crossed" | "noRoom";
}
