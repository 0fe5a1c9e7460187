import type { Failure, FailureReport } from "../protocol/failure";
import { answering } from "./failure-words/answering";
import { builtInEngine } from "./failure-words/built-in-engine";
import { files } from "./failure-words/files";
import type { SomeWords, Words, WordsOf } from "./failure-words/phrases";
import { reaching } from "./failure-words/reaching";
import { cloudWords, ollamaWords } from "./model/ollama/failure-words";
import { ollamaName } from "./model/ollama/ollama-name";

const allWords: WordsOf<Failure> = {
  ...reaching,
  ...answering,
  ...cloudWords,
  ...builtInEngine,
  ...files,
};

/**
 * Puts a failure into the person's words: what happened, what to do about it, and at most one
 * button that does it; one for each where it names two ways.
 */
export function describeFailure(failure: Failure): FailureReport {
  const { server } = failure;
  const own = server === undefined ? wordsIn(ollamaWords, failure, ollamaName) : undefined;
  const words = own ?? wordsIn(allWords, failure, server ?? ollamaName);
  if (words === undefined) throw new Error(`a failure without words: ${failure.kind}`);
  return { failure, ...words };
}

function wordsIn(table: SomeWords, failure: Failure, server: string): Words | undefined {
  // Each kind's words are made from just that kind, which the compiler cannot see from here.
  const say = table[failure.kind] as
    | ((failure: Failure, server: string) => Words | undefined)
    | undefined;
  return say?.(failure, server);
}
