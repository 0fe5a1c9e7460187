/** The forms in which an edit can be asked for: blocks, the whole function, the whole file. */
export type AskedForm = "blocks" | "function" | "file";

/** Whether an answer in this form could be used as it came. */
export interface FormOutcome {
  readonly form: AskedForm;
  readonly worked: boolean;
}

/**
 * A small window: a model that is pulled anew under its old name is known anew soon, and a form
 * that was given up comes up again.
 */
export const rememberedOutcomes = 40;

export function withOutcome(
  outcomes: readonly FormOutcome[],
  outcome: FormOutcome,
): readonly FormOutcome[] {
  return [...outcomes, outcome].slice(-rememberedOutcomes);
}

/**
 * Every form is trusted as if four of five tries had worked, so that a single bad answer does not
 * decide.
 */
const trustedTries = 5;
const trustedSuccesses = 4;
/** How much better a form must work than the one that suits the size of the code. */
const margin = 0.3;

/**
 * The form to ask a model for.
 * @param suitable forms that the code allows, the one that suits its size first; not empty.
 * @param failed forms that did not work in this very run: any other comes before them.
 */
export function chooseForm(
  suitable: readonly [AskedForm, ...AskedForm[]],
  outcomes: readonly FormOutcome[],
  failed: readonly AskedForm[] = [],
): AskedForm {
  const score = (form: AskedForm, place: number): number =>
    expectedSuccess(form, outcomes) - place * margin - (failed.includes(form) ? 1 : 0);
  let [best] = suitable;
  for (const [place, form] of suitable.entries()) {
    if (score(form, place) > score(best, suitable.indexOf(best))) best = form;
  }
  return best;
}

function expectedSuccess(form: AskedForm, outcomes: readonly FormOutcome[]): number {
  const own = outcomes.filter((outcome) => outcome.form === form);
  const worked = own.filter((outcome) => outcome.worked).length;
  return (worked + trustedSuccesses) / (own.length + trustedTries);
}
