import { lastLineOf } from "../../base/text/positions";
import type { Action } from "../../protocol/run-events";
import type { SymbolInfo } from "../../protocol/syntax";
import { estimateTokens } from "./budget/token-estimate";
import type { CodeContext } from "./code-context";
import { type AskedForm, chooseForm, type FormOutcome } from "./form-memory";

/**
 * How the model is asked to write its answer. Plain text always: asking for JSON makes small models
 * worse. `rewrite` is the whole declaration or file in one code block, the form small models manage
 * best; `blocks` are SEARCH/REPLACE blocks, for code too long to write out again; `newFile` is one
 * code block that becomes a file; `text` has no edit.
 */
export type AnswerForm = "text" | "rewrite" | "blocks" | "newFile";

export interface FormChoice {
  readonly form: AnswerForm;
  /**
   * What is learnt from how the answer turns out; absent where no other form could have been asked
   * for.
   */
  readonly asked?: AskedForm;
}

export interface FormFacts {
  readonly action: Action;
  readonly context: CodeContext;
  readonly contextTokens: number;
  /** How this model did with the forms before, oldest first. */
  readonly outcomes: readonly FormOutcome[];
  /** Forms that did not work in this run. */
  readonly failed: readonly AskedForm[];
}

/**
 * A declaration of more lines than this is edited in blocks: at 20 tokens a second writing it out
 * again takes too long.
 */
const rewriteLines = 60;
/** Up to here writing it out again is better than a form that the model does not manage. */
const longestRewriteLines = 150;
/** Of the window: the code is written out again beside being read, and there may be a thought. */
const rewriteShare = 0.2;

export function answerFormFor(facts: FormFacts): FormChoice {
  switch (facts.action) {
    case "explain":
      return { form: "text" };
    case "writeTests":
      return { form: "newFile" };
    case "ask":
      return { form: "blocks" };
    case "fix":
    case "improve":
    case "document": {
      const asked = chooseForm(suitableForms(facts), facts.outcomes, facts.failed);
      return { form: asked === "blocks" ? "blocks" : "rewrite", asked };
    }
    default:
      return facts.action satisfies never;
  }
}

/** The whole of what an edit is about. */
export function wholeForm(symbol: SymbolInfo | undefined): AskedForm {
  return symbol === undefined ? "file" : "function";
}

function suitableForms({
  context,
  contextTokens,
}: FormFacts): readonly [AskedForm, ...AskedForm[]] {
  const { symbol, scope } = context;
  // Who has seen a part only cannot write out the whole.
  if (scope === "lines") return ["blocks"];
  const whole = wholeForm(symbol);
  const lines =
    symbol === undefined
      ? context.endLine + 1
      : lastLineOf(symbol.range) - symbol.range.start.line + 1;
  if (lines <= rewriteLines) return [whole, "blocks"];
  const fits =
    lines <= longestRewriteLines && estimateTokens(context.code) <= contextTokens * rewriteShare;
  return fits ? ["blocks", whole] : ["blocks"];
}
