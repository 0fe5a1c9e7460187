import { StepFinder } from "../../base/thoughts/steps";
import type { RunEvent } from "../../protocol/run-events";

/** Tells when each step of a thought began; every other event goes through as it is. */
export async function* withSteps(
  events: AsyncIterable<RunEvent>,
): AsyncGenerator<RunEvent, void, void> {
  let thought: { readonly finder: StepFinder; length: number } | undefined;
  for await (const event of events) {
    yield event;
    if (event.kind !== "thought") {
      if (endsThought(event)) thought = undefined;
      continue;
    }
    thought ??= { finder: new StepFinder(), length: 0 };
    thought.length += event.text.length;
    for (const at of thought.finder.push(event.text))
      yield { kind: "step", at: Date.now(), back: thought.length - at };
  }
}

/** Whether text that comes after the event begins another thought than the text before it. */
function endsThought({ kind }: RunEvent): boolean {
  return (
    kind === "answer" ||
    kind === "answerWasThought" ||
    kind === "attempt" ||
    kind === "thoughtEnded"
  );
}
