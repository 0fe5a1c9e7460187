import type { Action } from "../../protocol/run-events";
import type { CodeContext } from "./code-context";

/**
 * How the model is asked to write its answer. Plain text always: asking for JSON makes small models worse. `rewrite` is the whole
 * declaration or file in one code block, the form small models manage best; `blocks` are SEARCH/REPLACE blocks, for code too
 * long to write out again; `newFile` is one code block that becomes a file; `text` has no edit.
 */
export type AnswerForm = "text" | "rewrite" | "blocks" | "newFile";

/** A declaration of more lines than this is edited in blocks: at 20 tokens a second writing it out again takes too long. */
const rewriteLines = 60;

export function answerFormFor(action: Action, context: CodeContext): AnswerForm {
  switch (action) {
    case "explain":
      return "text";
    case "writeTests":
      return "newFile";
    case "ask":
      return "blocks";
    case "fix":
    case "improve":
    case "document": {
      const lines =
        context.symbol !== undefined
          ? context.symbol.range.end.line - context.symbol.range.start.line + 1
          : context.scope === "file"
            ? context.endLine + 1
            : Number.POSITIVE_INFINITY;
      return lines <= rewriteLines ? "rewrite" : "blocks";
    }
    default: {
      const never: never = action;
      return never;
    }
  }
}
