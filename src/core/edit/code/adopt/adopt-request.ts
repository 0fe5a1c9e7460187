import type { IndentStyle } from "../../text/indentation";
import type { LanguageFacts } from "../../text/language-facts";

/** A place of the file and what the model made of it. */
export interface AdoptRequest {
  /** The file's own lines of the place. */
  readonly file: readonly string[];
  /** The model's version of it. */
  readonly model: readonly string[];
  readonly facts: LanguageFacts;
  /** How the whole file indents, for places too small to show it. */
  readonly fileStyle: IndentStyle;
  /** Lines of `file` (zero-based) that stay whatever the model wrote: declarations that it does not mention. */
  readonly keep?: (line: number) => boolean;
  /** Both begin with the same declaration: line of its first line in `file` and in `model`. */
  readonly heads?: readonly [number, number];
  /** Both are the whole file. */
  readonly isFile?: boolean;
  /** Code that the model left out is forgotten, not deleted: what stands between declarations, or any. */
  readonly keepMissing?: "between" | "all" | undefined;
}
