import { defined } from "../../base/defined";
import { t } from "../../base/l10n";
import { sameData } from "../../base/same-data";
import type { AskedAgain, RunEvent } from "../../protocol/run-events";
import {
  blockKey,
  type PhaseSpan,
  type RunEnd,
  type RunningCheck,
  type RunPart,
  type RunState,
  without,
} from "../run-state";
import { withBlock, withPlacings, withProposal, withState } from "./proposal";
import { answerToThought, withHint, withStep, withText } from "./thought";

/**
 * Folds one event into the run. Pure: the same events give the same run, however they were batched.
 * An event that says nothing new gives the very same object.
 */
export function foldEvent(before: RunState, event: RunEvent): RunState {
  const run = withoutPassing(before);
  switch (event.kind) {
    case "started":
      return {
        ...run,
        action: event.action,
        path: event.path,
        line: event.range.start.line,
        subject: event.subject,
        startedAt: event.at,
        started: event,
        ...defined({ question: event.question }),
      };
    case "model":
      return {
        ...run,
        model: {
          name: event.model,
          endpoint: event.endpoint,
          local: event.local,
          ...defined({ locality: event.locality }),
          contextTokens: event.contextTokens,
        },
      };
    case "phase": {
      const { phase, at } = event;
      const { spans, attempt } = run;
      const open = spans.at(-1);
      if (open?.phase === phase && open.to === undefined && open.attempt === attempt) return run;
      const span = { phase, attempt, from: at };
      return { ...without(run, "progress"), spans: [...closed(spans, at), span] };
    }
    case "progress": {
      const { kind: _, ...progress } = event;
      return sameData(progress, run.progress) ? run : { ...run, progress };
    }
    case "sent": {
      const { kind: _, ...sent } = event;
      const { prompt: text } = sent;
      const requests = text === undefined ? run.requests : [...run.requests, { text }];
      return { ...run, sent, requests };
    }
    case "thought":
    case "answer":
      return withText(run, event);
    case "step":
      return withStep(run, event);
    case "answerWasThought":
      return answerToThought(without(run, "draft"));
    case "draft":
      return sameData(event.draft, run.draft) ? run : { ...run, draft: event.draft };
    case "thinkingLimit": {
      const { kind: _, ...thinkingLimit } = event;
      return sameData(thinkingLimit, run.thinkingLimit) ? run : { ...run, thinkingLimit };
    }
    case "hint":
      return withHint(run, event);
    case "thoughtEnded":
      return withPart(without(run, "thinkingLimit", "looping"), {
        kind: "thoughtEnded",
        attempt: run.attempt,
        by: event.by,
      });
    case "looping":
      return event.state === "asked" ? { ...run, looping: event.where } : without(run, "looping");
    case "attempt": {
      const { number, reason, aside, at, asked } = event;
      const begun = withPart(without(run, "draft", "thinkingLimit", "looping"), {
        kind: "attempt",
        number,
        reason,
        ...defined({ aside }),
      });
      const checks = run.checks.map(({ after: _, ...check }) => check);
      const requests = asked === undefined ? run.requests : [...run.requests, wholeOf(asked, run)];
      return { ...begun, attempt: number, checks, requests, spans: closed(run.spans, at) };
    }
    case "notice":
      return withPart(run, event);
    case "check":
      return { ...run, checks: withCheck(run.checks, event) };
    case "tried":
      return withPart(without(run, "draft"), { kind: "tried", proposal: event.proposal });
    case "proposal": {
      const { proposal } = event;
      const part = { kind: "proposal", proposal, state: "open", blocks: {} } as const;
      return withPlacings(withPart(without(run, "draft"), part));
    }
    case "proposalState":
      return withPlacings(
        withProposal(run, event.proposalId, (part) => withState(part, event.state)),
      );
    case "landed":
      return withProposal(run, event.proposalId, () => ({ landed: event.check }));
    case "hunkState":
      return withProposal(run, event.proposalId, (part) =>
        withBlock(part, blockKey(event.fileIndex, event.block), event.state),
      );
    case "unplaced":
      return withPart(run, { kind: "unplaced", edit: event.edit, placed: false });
    case "finished":
    case "failed":
      return ended(run, event);
    default:
      return unknownEvent(run, event);
  }
}

/** A newer host may tell of things that this view does not know; the run goes on without them. */
function unknownEvent(run: RunState, _event: never): RunState {
  return run;
}

/**
 * Before: "said nothing for 30 s", "said nothing for 60 s", and the thought below them. After: the
 * thought.
 */
function withoutPassing(run: RunState): RunState {
  const last = run.parts.at(-1);
  const isOver = last?.kind === "notice" && last.until === "next";
  return isOver ? { ...run, parts: run.parts.slice(0, -1) } : run;
}

function withPart(run: RunState, part: RunPart): RunState {
  return { ...run, parts: [...run.parts, part] };
}

/** What a later request sent, with what it has from the one before. */
function wholeOf(
  { from, text, lines }: AskedAgain,
  { sent }: RunState,
): RunState["requests"][number] {
  return { text: (sent?.prompt ?? "").slice(0, from) + text, ...defined({ lines }) };
}

/** No phase lasts any more. */
function closed(spans: readonly PhaseSpan[], at: number): readonly PhaseSpan[] {
  const last = spans.at(-1);
  return last === undefined || last.to !== undefined ? spans : spans.with(-1, { ...last, to: at });
}

/** Ends the run: no phase lasts, no check runs, no progress is shown any more. */
function ended(run: RunState, end: RunEnd): RunState {
  // What the person wrote is lost as little as what the model wrote.
  const late = (run.waitingHints ?? []).map(({ text }) => {
    return {
      kind: "notice",
      text: t("The run ended before it took in your hint: {0}", text),
    } as const;
  });
  return {
    ...without(run, "progress", "thinkingLimit", "looping", "waitingHints", "draft"),
    checks: run.checks.map(({ running: _, ...check }) => check),
    parts: [...run.parts.filter((part) => part.kind !== "notice" || part.until !== "end"), ...late],
    spans: closed(run.spans, end.at),
    end,
  };
}

function withCheck(
  checks: readonly RunningCheck[],
  { check, stage, said }: Extract<RunEvent, { kind: "check" }>,
): readonly RunningCheck[] {
  const index = checks.findIndex(({ id }) => id === check.id);
  const { running: _, ...known }: RunningCheck = checks[index] ?? check;
  const next = said === undefined ? { ...known, running: stage } : { ...known, [stage]: said };
  return index < 0 ? [...checks, next] : checks.with(index, next);
}
