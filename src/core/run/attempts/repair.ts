import { defined } from "../../../base/defined";
import { linesOf } from "../../../base/text/lines";
import type { RunEvent } from "../../../protocol/run-events";
import type { GivenEdit, PlaceInFile, WrittenEdit } from "../../edit/edit-plan";
import { buildRepairPrompt } from "../../prompt/build-prompt";
import { messageOf } from "../../prompt/prompt";
import type { PromptRequest } from "../../prompt/prompt-request";
import type { RepairFacts } from "../../prompt/words/repair-text";
import { type Asking, askModel, samplingFor } from "../asking/ask-model";
import { type SealedPrompt, sealPrompt } from "../asking/seal-prompt";
import { type ProposeFacts, propose, type Refusal, type Verdict } from "../edits/propose";
import { attemptEvent } from "../telling";

/**
 * How often in one run an edit goes back to the model; more does not help, and the person can point
 * at the place faster.
 */
const repairLimit = 2;

/** The run's count of repairs, which only grows. */
export interface Rounds {
  repairs: number;
}

const surroundingLines = 5;
const shownPlaces = 3;

/** The edit that has no place quotes what it changes. */
export type QuotingRefusal = Refusal & {
  readonly failed: WrittenEdit & { readonly search: string };
};

/**
 * Whether asking for the edit again can help: it is whole, quotes what it changes, and only its
 * place is in doubt.
 */
function isRepairable(verdict: Verdict): verdict is QuotingRefusal {
  if (verdict.kind !== "refusal" || (verdict.failed?.search ?? "").trim() === "") return false;
  return verdict.code === "noMatch" || verdict.code === "ambiguous" || verdict.code === "stale";
}

/**
 * Sends an edit that has no place back to the model, it alone, with the reason and the file's own
 * lines; the answer's other edits are kept. @returns what the answer comes to then: the first
 * verdict when no round helped.
 */
export async function* repair(
  first: Verdict,
  request: PromptRequest,
  facts: ProposeFacts,
  asking: Asking,
  rounds: Rounds,
): AsyncGenerator<RunEvent, Verdict, void> {
  let verdict = first;
  for (let round = 1; isRepairable(verdict) && rounds.repairs < repairLimit; round++) {
    const built = buildRepairPrompt(request, repairFacts(verdict, request));
    if (built === undefined) return verdict;
    const prompt = await sealPrompt(built, facts.secrets);
    rounds.repairs++;
    const reason = `${verdict.message} The edit goes back to the model.`;
    yield attemptEvent(reason, { text: messageOf(prompt.parts) });
    verdict = (yield* askOnceMore(verdict, prompt, request, facts, asking, round)) ?? verdict;
  }
  return verdict;
}

/**
 * One round of asking for an edit again.
 * @param round 1 for the first time that this edit is asked for again.
 * @returns undefined when the answer holds nothing to go on with.
 */
export async function* askOnceMore(
  refusal: QuotingRefusal,
  prompt: SealedPrompt,
  request: PromptRequest,
  facts: ProposeFacts,
  asking: Asking,
  round: number,
): AsyncGenerator<RunEvent, Verdict | undefined, void> {
  const streamed = yield* askModel(prompt, samplingFor(asking.connection, round), asking);
  if (streamed.reason === "length") return undefined;
  yield { kind: "phase", at: Date.now(), phase: "checking" };
  const alone = await propose(streamed.answer, false, facts);
  // Without an edit in it, or with one that does nothing, what was kept alone would pass for the
  // whole.
  if (alone.kind === "unchanged" || (alone.kind === "refusal" && alone.failed === undefined))
    return undefined;
  const verdict =
    refusal.fine.length === 0
      ? alone
      : await propose(streamed.answer, false, { ...facts, kept: keptOf(refusal, request) });
  asking.interventions.stopped.throwIfAborted();
  return verdict;
}

function keptOf({ fine }: QuotingRefusal, { target }: PromptRequest): readonly GivenEdit[] {
  return fine.map(({ path = target.path, search, replace }) =>
    // Code of the file in question names none, as in an answer: with a name it might be all of the
    // file.
    path === target.path && search === undefined
      ? { replace }
      : { path, ...defined({ search }), replace },
  );
}

export function repairFacts(refusal: QuotingRefusal, request: PromptRequest): RepairFacts {
  const file = refusal.file ?? request.target;
  const ambiguous = refusal.code === "ambiguous";
  const lines = linesOf(file.text);
  const named = refusal.candidates
    .filter((place) => place.path === file.path)
    .slice(0, ambiguous ? shownPlaces : 1);
  const places = named.length > 0 ? named : likeliest(lines, refusal.failed.search.split("\n"));
  return {
    path: file.path,
    languageId: file.languageId,
    reason: refusal.message,
    search: refusal.failed.search,
    replace: refusal.failed.replace,
    places: places.map((place) => around(lines, place)),
    ambiguous,
    kept: refusal.fine.length,
  };
}

/**
 * Where most of the quoted lines stand in the right order and distance; nothing where none does.
 */
function likeliest(lines: readonly string[], search: readonly string[]): readonly Lines[] {
  const quoted = new Map<string, number[]>();
  for (const [index, line] of search.entries()) {
    const text = line.trim();
    if (text !== "") quoted.set(text, [...(quoted.get(text) ?? []), index]);
  }
  const votes = new Map<number, number>();
  for (const [at, line] of lines.entries()) {
    for (const index of quoted.get(line.trim()) ?? [])
      votes.set(at - index, (votes.get(at - index) ?? 0) + 1);
  }
  const most = Math.max(0, ...votes.values());
  const [best, ...rivals] = [...votes].filter(([, count]) => count === most);
  if (best === undefined || rivals.length > 0) return [];
  return [{ startLine: best[0] + 1, endLine: best[0] + search.length }];
}

type Lines = Pick<PlaceInFile, "startLine" | "endLine">;

function around(lines: readonly string[], { startLine, endLine }: Lines): string {
  return lines
    .slice(Math.max(0, startLine - 1 - surroundingLines), Math.max(0, endLine + surroundingLines))
    .join("\n");
}
