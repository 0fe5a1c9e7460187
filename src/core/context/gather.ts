import { untilAborted } from "../../base/abort";
import { t } from "../../base/l10n";
import type { ContextPiece, DroppedPiece } from "../../protocol/context";
import type { Log } from "../log";
import type { ContextFindings, ContextQuery, ContextSource } from "./context-source";

/**
 * All sources together have this long, but for those that say otherwise; the run goes on without
 * what comes later.
 */
const gatherLimitMs = 300;

/**
 * Asks all sources at once. @returns what came in time, without doubles; a source that is late or
 * fails costs the others nothing, and one that is late gives what it told until then. Rejects only
 * with the signal's reason.
 */
export async function gather(
  sources: readonly ContextSource[],
  query: ContextQuery,
  signal: AbortSignal,
  log: Log,
  limitMs = gatherLimitMs,
): Promise<ContextFindings> {
  signal.throwIfAborted();
  const found: ContextFindings[] = [];
  const missed: DroppedPiece[] = [];
  await Promise.all(
    sources.map(async (source) => {
      try {
        const limit = source.limitMs ?? limitMs;
        const pieces: ContextPiece[] = [];
        const findings = await within(limit, signal, (inTime) =>
          source.find(query, inTime, (piece) => pieces.push(piece)),
        );
        if (findings === undefined) missed.push(lateRest(source.name, pieces.length > 0));
        found.push(findings ?? { pieces, dropped: [] });
      } catch (thrown) {
        signal.throwIfAborted();
        const why = thrown instanceof Error ? thrown.message : String(thrown);
        log.warn(`no context from ${source.name}: ${why}`);
      }
    }),
  );
  return {
    pieces: withoutDoubles(found.flatMap(({ pieces }) => pieces)),
    dropped: [...found.flatMap(({ dropped }) => dropped), ...missed],
  };
}

/**
 * @returns undefined when the time is over; the work is told to end then. Rejects with the signal's
 * reason, and as the work does.
 */
async function within<T>(
  limitMs: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const over = new AbortController();
  const all = AbortSignal.any([signal, over.signal]);
  const timer = setTimeout(() => over.abort(), limitMs);
  try {
    return await untilAborted(work(all), all);
  } catch (thrown) {
    signal.throwIfAborted();
    if (over.signal.aborted) return undefined;
    throw thrown;
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

function lateRest(name: string, isPart: boolean): DroppedPiece {
  const title = sourceTitle(name);
  return { id: `late:${name}`, title: isPart ? t("the rest of {0}", title) : title, why: "late" };
}

function sourceTitle(name: string): string {
  switch (name) {
    case "definitions":
      return t("what the editor knows of names used here");
    case "references":
      return t("what the editor knows of uses of this code");
    case "problems":
      return t("other problems, and what was changed");
    case "recent":
      return t("code that you were at lately");
    default:
      return t("a search over the project");
  }
}

/**
 * What was found twice is one piece: what the person named stays, else what is worth more. Lines
 * within others are left to the selection.
 */
export function withoutDoubles(pieces: readonly ContextPiece[]): readonly ContextPiece[] {
  const byWorth = [...pieces].sort(
    (one, other) =>
      Number(other.source === "person") - Number(one.source === "person") ||
      other.value - one.value ||
      sizeOf(other) - sizeOf(one),
  );
  const kept: ContextPiece[] = [];
  for (const piece of byWorth) if (!kept.some((other) => isDouble(piece, other))) kept.push(piece);
  return kept;
}

function isDouble(piece: ContextPiece, kept: ContextPiece): boolean {
  if (piece.id === kept.id) return true;
  // Who knows the language knows better than a search where a name leads.
  return piece.source === "search" && piece.name === kept.name && kept.source === "definitions";
}

function sizeOf({ text }: ContextPiece): number {
  return text.length;
}
