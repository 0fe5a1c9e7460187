import type { LlamaSequence, SamplingOptions, Token } from "../runtime";
import type { Lockstep } from "./lockstep";
import type { PromptLookup } from "./prompt-lookup";
import { inOrder } from "./window-order";
import type { WritingPace } from "./writing-pace";

export interface Writing {
  readonly sequence: LlamaSequence;
  /**
   * How the token is chosen that comes to stand at this place of the sequence, behind what was
   * written and these tokens.
   */
  readonly sampling: (place: number, behind: readonly Token[]) => SamplingOptions;
  /** Is told each token, and foretells the next ones. */
  readonly lookup: Pick<PromptLookup, "push" | "draft">;
  readonly pace: WritingPace;
  /**
   * Whether no other request is written in the same steps: a draft would take its time, and the
   * steps' time would tell nothing. The same holds of other answers to this one.
   */
  readonly isAlone: () => boolean;
  /** Absent: no other answer to the same request is written at the same time. */
  readonly lockstep?: Lockstep | undefined;
  /**
   * What reading a draft may take: the person may end a thought between two steps, and a step
   * cannot be interrupted.
   */
  readonly draftMs: () => number;
}

/** A longer draft is seldom right to its end. */
const longestDraft = 15;

/**
 * Writes on behind the input, a token at a time. Where the text repeats what stands further up, the
 * tokens that are likely to come are read in the same step, and as many of them are taken as the
 * model chose itself (speculative decoding): the text is the one that comes without a draft.
 *
 * Who leaves finds the sequence as it was before the last token that was given.
 */
export async function* writeTokens(
  writing: Writing,
  input: readonly Token[],
): AsyncGenerator<Token, void, void> {
  const { sequence, lookup } = writing;
  let fed = input;
  let given = sequence.nextTokenIndex + fed.length;
  try {
    for (;;) {
      for (const token of fed) lookup.push(token);
      given = sequence.nextTokenIndex + fed.length;
      const chosen = await nextTokens(writing, fed);
      const last = chosen.pop();
      for (const token of chosen) {
        yield token;
        given++;
        lookup.push(token);
      }
      if (last === undefined) return;
      yield last;
      fed = [last];
    }
  } finally {
    await cutTo(sequence, given);
  }
}

/**
 * Reads the tokens, and finds what comes next: one token, or more where a draft was right. Only the
 * last is not in the sequence.
 */
async function nextTokens(writing: Writing, fed: readonly Token[]): Promise<Token[]> {
  const { sequence, sampling, pace, lockstep } = writing;
  const place = sequence.nextTokenIndex + fed.length;
  const isAlone = writing.isAlone();
  const draft = isAlone && !lockstep ? draftAt(writing, place) : [];
  const asked = [...fed.slice(-1), ...draft].map((token, at) => {
    const options = sampling(place + at, draft.slice(0, at));
    return [token, { generateNext: { token: true, options } }] as const;
  });
  await lockstep?.ready();
  const startedAt = performance.now();
  const input = [...fed.slice(0, -1), ...asked];
  const outcomes = await sequence.controlledEvaluate(input, inOrder(sequence));
  const tookMs = performance.now() - startedAt;
  const chosen: Token[] = [];
  for (const outcome of outcomes.slice(fed.length - 1)) {
    const token = outcome?.next.token;
    if (token === undefined || token === null) throw new Error("the model chose no token");
    chosen.push(token);
    if (token !== draft[chosen.length - 1]) break;
  }
  await cutTo(sequence, place + chosen.length - 1);
  if (isAlone && !lockstep && fed.length === 1) pace.wrote(chosen.length, draft.length > 0, tookMs);
  return chosen;
}

function draftAt({ sequence, lookup, pace, draftMs }: Writing, place: number): readonly Token[] {
  if (sequence.needsCheckpoints) return [];
  const room = sequence.contextSize - place - 1;
  const { tokens, chances } = lookup.draft(Math.min(longestDraft, room));
  return tokens.slice(0, pace.ahead(chances, draftMs()));
}

async function cutTo(sequence: LlamaSequence, end: number): Promise<void> {
  if (sequence.nextTokenIndex > end)
    await sequence.eraseContextTokenRanges([{ start: end, end: sequence.nextTokenIndex }]);
}
