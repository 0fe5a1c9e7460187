import type { Failure, FailureReport } from "../protocol/failure";
import { answering } from "./failure-words/answering";
import { builtInEngine } from "./failure-words/built-in-engine";
import { files } from "./failure-words/files";
import { wordsForServer } from "./failure-words/other-server";
import type { Words, WordsOf } from "./failure-words/phrases";
import { reaching } from "./failure-words/reaching";

const allWords: WordsOf<Failure> = { ...reaching, ...answering, ...builtInEngine, ...files };

/**
 * Puts a failure into the person's words: what happened, what to do about it, and at most one
 * button that does it.
 */
export function describeFailure(failure: Failure): FailureReport {
  const { server } = failure;
  const forServer = server === undefined ? undefined : wordsForServer(failure, server);
  return { failure, ...(forServer ?? wordsFor(failure)) };
}

function wordsFor(failure: Failure): Words {
  // Each kind's words are made from just that kind, which the compiler cannot see from here.
  const say = allWords[failure.kind] as (failure: Failure) => Words;
  return say(failure);
}
