import { t } from "../../base/l10n";
import { FailureError } from "../failure-error";
import { answerFormFor } from "./answer-form";
import { budgetOf, counterOf, fits } from "./budget/budget";
import { type CodeContext, codeContextOf } from "./code-context";
import { layOut, layOutFollowUp, type TaskOf } from "./lay-out";
import { measureOf, type Prompt, promptOf } from "./prompt";
import type { PromptRequest } from "./prompt-request";
import { codeLabel } from "./words/code-titles";
import { preamble, taskText } from "./words/instructions";
import { type RepairFacts, repairText } from "./words/repair-text";
import { taskFacts } from "./words/task-facts";

/**
 * Lays out the one user message of a request: what never changes first, then pieces of the project,
 * the code, what changes with every edit, the task last, and the parts that were sent before where
 * they stood then: so a daemon which keeps the read prefix reads only the end anew when the same
 * file is asked about again. One message, because R1 wants no system prompt.
 *
 * Throws FailureError when the person's own words leave too little of the window for an answer.
 */
export function buildPrompt(request: PromptRequest): Prompt {
  const context = contextOf(request);
  const { form, asked } = answerFormFor({
    action: request.action,
    context,
    contextTokens: request.contextTokens,
    outcomes: request.outcomes ?? [],
    failed: request.failedForms ?? [],
  });
  const task: TaskOf = (shown) => taskText(taskFacts(request, context, form, shown));
  const followUp = layOutFollowUp(request, context, form, task);
  if (followUp !== undefined) return asked === undefined ? followUp : { ...followUp, asked };
  const alone = layOut(request, context, form, task);
  const prompt =
    request.before === undefined
      ? alone
      : { ...alone, leftOut: [...alone.leftOut, t("what was said before")] };
  if (!fits(prompt, request) && (request.failing ?? []).length > 0)
    return buildPrompt({ ...request, failing: [] });
  // A later attempt says a few words more; what fitted once is not refused for them.
  if (request.attempt === 1 && !fits(prompt, request)) {
    const { contextTokens } = request;
    throw new FailureError({ kind: "contextOverflow", promptTokens: prompt.tokens, contextTokens });
  }
  return asked === undefined ? prompt : { ...prompt, asked };
}

/**
 * Asks for one edit again. It begins as the prompts before did, so that the code need not be read
 * anew; where that and the edit are too much for the window together, it goes without the code.
 * @returns undefined when even that does not fit.
 */
export function buildRepairPrompt(request: PromptRequest, repair: RepairFacts): Prompt | undefined {
  const context = contextOf(request);
  const task = repairText(repair);
  const whole = layOut(request, context, "blocks", () => task);
  if (fits(whole, request)) return whole;
  const measure = measureOf(request);
  const parts = [measure(t("the edit that does not fit"), `${preamble}\n\n${task}`)];
  const prompt = promptOf(parts, { form: "blocks", context }, request);
  const bare = { ...prompt, leftOut: [codeLabel(request.target.path, context)] };
  return fits(bare, request) ? bare : undefined;
}

function contextOf(request: PromptRequest): CodeContext {
  const limit = Math.floor(budgetOf(request) * 0.75);
  return codeContextOf(request.target, request.syntax, limit, counterOf(request));
}
