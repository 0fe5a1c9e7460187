import { python } from "../../base/languages/known/python";
import type { Target } from "../../protocol/document";
import type { FormRecord } from "../../protocol/model-card";
import type { RunEvent, RunMetrics } from "../../protocol/run-events";
import type { Connection } from "../model/connection";
import { wholeForm } from "../prompt/answer-form";
import type { AskedForm, FormOutcome } from "../prompt/form-memory";
import { Assistant } from "../run/assistant";
import type { RunEnvironment } from "../run/run-request";
import { type TinyEdit, tinyEdits } from "./tiny-edits";

const start = { line: 1, character: 4 };
/** So that the form which does not count is not chosen, whatever is known of the model. */
const hopeless: readonly FormOutcome[] = (["function", "file"] as const).flatMap((form) =>
  Array.from({ length: 20 }, () => ({ form, worked: false })),
);

/**
 * Asks for the tiny edits, each by a run like any other: one try, without thought and without
 * checks. Each that was answered counts; an answer without a usable edit is one that failed.
 * `broken`: why the others were not answered, each reason once.
 */
export async function tryEdits(
  connection: Connection,
  environment: RunEnvironment,
  signal: AbortSignal,
): Promise<{
  readonly forms: readonly FormRecord[];
  readonly metrics: readonly RunMetrics[];
  readonly broken: readonly string[];
}> {
  const records = new Map<AskedForm, FormRecord>();
  const metrics: RunMetrics[] = [];
  const broken = new Set<string>();
  for (const edit of tinyEdits) {
    if (signal.aborted) break;
    const outcomes: FormOutcome[] = [];
    const target = targetOf(edit);
    const events = await eventsOf(edit, target, outcomes, connection, environment, signal);
    if (signal.aborted) break;
    for (const event of events) if (event.kind === "finished") metrics.push(event.metrics);
    const failed = events.find((event) => event.kind === "failed");
    if (failed !== undefined) {
      broken.add(failed.report.title);
      continue;
    }
    const form = edit.asBlocks ? "blocks" : await wholeFormOf(target, environment);
    const before = records.get(form) ?? { form, tried: 0, kept: 0, right: 0 };
    const isRight = proposedBy(events).some((text) => edit.isRight(text));
    records.set(form, {
      form,
      tried: before.tried + 1,
      kept: before.kept + (outcomes[0]?.worked === true ? 1 : 0),
      right: before.right + (isRight ? 1 : 0),
    });
  }
  return { forms: [...records.values()], metrics, broken: [...broken] };
}

async function wholeFormOf(target: Target, { syntax }: RunEnvironment): Promise<AskedForm> {
  const context = await syntax.context(target).catch(() => undefined);
  return wholeForm(context?.enclosing);
}

function targetOf({ text }: TinyEdit): Target {
  return {
    uri: "untitled:tiny.py",
    path: "tiny.py",
    languageId: python.id,
    version: 1,
    text,
    range: { start, end: start },
    diagnostics: [],
  };
}

async function eventsOf(
  edit: TinyEdit,
  target: Target,
  outcomes: FormOutcome[],
  connection: Connection,
  { syntax, formMemory, pace, log }: RunEnvironment,
  signal: AbortSignal,
): Promise<readonly RunEvent[]> {
  const assistant = new Assistant({
    connect: async () => ({ ...connection, think: false }),
    syntax,
    fileExists: async () => false,
    formMemory: {
      of: () => (edit.asBlocks ? hopeless : []),
      add: (model, outcome) => {
        outcomes.push(outcome);
        formMemory?.add(model, outcome);
      },
    },
    ...(pace === undefined ? {} : { pace }),
    tries: () => ({ seconds: 30, tries: 1 }),
    log,
  });
  const events: RunEvent[] = [];
  assistant.subscribe((_runId, event) => {
    events.push(event);
    // A second answer would say how the model does when it is helped.
    if (event.kind === "attempt" && event.number > 1) void assistant.stop();
  });
  const stop = (): void => void assistant.stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    assistant.start({ action: "fix", target, question: edit.wish });
    await assistant.idle();
  } finally {
    signal.removeEventListener("abort", stop);
  }
  return events;
}

function proposedBy(events: readonly RunEvent[]): readonly string[] {
  return events.flatMap((event) =>
    event.kind === "proposal" ? event.proposal.files.map(({ proposed }) => proposed) : [],
  );
}
