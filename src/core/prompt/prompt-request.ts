import type { CheckCase } from "../../protocol/checks";
import type { Target } from "../../protocol/document";
import type { Action } from "../../protocol/run-events";
import type { SyntaxContext } from "../../protocol/syntax";
import type { ContextFindings } from "../context/context-source";
import type { PieceChoices } from "../context/select-pieces";
import type { SizedRequest } from "./budget/budget";
import type { Conversation } from "./conversation";
import type { AskedForm, FormOutcome } from "./form-memory";
import type { FileForm } from "./words/fence";
import type { TriedChange } from "./words/instructions";

export interface PromptRequest extends SizedRequest {
  readonly action: Action;
  readonly target: Target;
  readonly syntax?: SyntaxContext | undefined;
  readonly question?: string;
  readonly testPath?: string;
  /** 1 for the first time of asking, more when the last answer was of no use. */
  readonly attempt: number;
  /** Something is there that tells a right answer from a wrong one. */
  readonly isJudged?: boolean;
  /** How the model did with the forms of edits before, oldest first. */
  readonly outcomes?: readonly FormOutcome[];
  /** Forms of edits that did not work in this run. */
  readonly failedForms?: readonly AskedForm[];
  /** English name of the language to answer in; absent: English. */
  readonly answerLanguage?: string;
  /** What was said before, for a follow-up. */
  readonly before?: Conversation;
  /** What was run on the code as it is and fails. Left out where there is no room for it. */
  readonly failing?: readonly CheckCase[];
  /** The way to each failure goes along. */
  readonly withFrames?: boolean;
  /** A change that a check said no to. */
  readonly tried?: TriedChange;
  /** What was found beside the code in question. */
  readonly found?: ContextFindings;
  /** What the person said of single pieces. */
  readonly choices?: PieceChoices;
  /** For all pieces together that nobody asked for. */
  readonly extraTokens?: number;
  /** Absent: `fence`. */
  readonly fileForm?: FileForm;
  /** Texts of the last prompt about the same file, in their order. Absent: there was none. */
  readonly lastTexts?: readonly string[];
}
