import { t } from "../../base/l10n";
import type { ContextPiece, DroppedPiece } from "../../protocol/context";
import type { Log } from "../log";
import type { ContextFindings, ContextQuery, ContextSource } from "./context-source";

/** All sources together have this long; the run goes on without what comes later. */
export const gatherLimitMs = 300;

/**
 * Asks all sources at once. @returns what came in time, without doubles; a source that is late or fails costs the others nothing.
 * Rejects only with the signal's reason.
 */
export async function gather(
  sources: readonly ContextSource[],
  query: ContextQuery,
  signal: AbortSignal,
  log: Log,
  limitMs = gatherLimitMs,
): Promise<ContextFindings> {
  signal.throwIfAborted();
  const over = new AbortController();
  const all = AbortSignal.any([signal, over.signal]);
  const found: ContextFindings[] = [];
  const late = new Set(sources.map(({ name }) => name));
  const asked = sources.map(async (source) => {
    try {
      const findings = await source.find(query, all);
      // What comes when the run has gone on must not change what was sent.
      if (!over.signal.aborted) found.push(findings);
      late.delete(source.name);
    } catch (thrown) {
      if (all.aborted) return;
      late.delete(source.name);
      log.warn(
        `no context from ${source.name}: ${thrown instanceof Error ? thrown.message : thrown}`,
      );
    }
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const time = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
    all.addEventListener("abort", () => resolve(), { once: true });
  });
  await Promise.race([Promise.all(asked), time]);
  clearTimeout(timer);
  over.abort();
  signal.throwIfAborted();
  const missed = [...late].map(
    (name): DroppedPiece => ({ id: `late:${name}`, title: sourceTitle(name), why: "late" }),
  );
  return {
    pieces: withoutDoubles(found.flatMap(({ pieces }) => pieces)),
    dropped: [...found.flatMap(({ dropped }) => dropped), ...missed],
  };
}

function sourceTitle(name: string): string {
  return name === "providers"
    ? t("what the editor knows of the project")
    : t("a search over the project");
}

/**
 * The same lines found twice are one piece: what the person named stays, else what is worth more. A piece within another of the same file
 * is a double too, when the other is worth as much.
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
  if (piece.path === undefined || piece.path !== kept.path) return false;
  if (piece.range === undefined || kept.range === undefined) return false;
  if (piece.kind === "diff" || kept.kind === "diff") return false;
  return (
    kept.range.start.line <= piece.range.start.line && piece.range.end.line <= kept.range.end.line
  );
}

function sizeOf({ text }: ContextPiece): number {
  return text.length;
}
