import type { LanguageFacts } from "../../../../base/languages/language";
import type { IndentMap, IndentStyle } from "../../text/indentation";
import type { Declaration } from "../declarations";
import type { DeclarationPair } from "../pair-declarations";
import type { Silence } from "./forgotten";
import type { Side } from "./side";
import type { Step } from "./steps";

export interface FitRequest {
  readonly file: readonly string[];
  readonly answer: readonly string[];
  readonly facts: LanguageFacts;
  readonly fileStyle: IndentStyle;
  /** Declarations in the place and in the answer, by the lines of each, found by the same means. */
  readonly fileDeclarations: readonly Declaration[];
  readonly answerDeclarations: readonly Declaration[];
  /** Both begin with this declaration. */
  readonly heads?: DeclarationPair;
  readonly isFile?: boolean;
}

export interface Fitting {
  readonly request: FitRequest;
  readonly file: Side;
  readonly answer: Side;
  readonly steps: readonly Step[];
  readonly silence: Silence;
  readonly depths: IndentMap;
}
