import { spawn } from "node:child_process";
import type { RunEvent } from "../src/protocol/run-events";
import type { EvalCase } from "./eval-case";
import { typedFor } from "./languages";
import type { EvalResult, Verdict } from "./result";
import type { Variant } from "./variant";

/** A run that takes longer hangs. */
const limitMs = 15 * 60_000;

export interface Asked {
  readonly events: readonly RunEvent[];
  readonly code: number | null;
  readonly tookMs: number;
}

/** What the model is reached by; absent: as `npm run fix` finds it. */
export interface ModelWish {
  readonly model?: string;
  readonly endpoint?: string;
}

/**
 * Has the product's own program fix a case's project in a folder. Throws the signal's own reason,
 * once it has ended.
 */
export async function askForFix(
  program: string,
  evalCase: EvalCase,
  variant: Variant,
  folder: string,
  { model, endpoint }: ModelWish,
  signal: AbortSignal,
): Promise<Asked> {
  const { at, title } = evalCase;
  const runsTests = variant.showsTests && variant.words.includes("--check");
  const typed = runsTests ? typedFor(evalCase) : undefined;
  const words = [
    program,
    `${at.path}:${at.line + 1}`,
    "--json",
    "--write",
    ...variant.words,
    ...(variant.tellsTitle ? ["--problem", title] : []),
    ...(typed === undefined ? [] : ["--test", typed]),
    ...(model === undefined ? [] : ["--model", model]),
    ...(endpoint === undefined ? [] : ["--endpoint", endpoint]),
  ];
  const began = performance.now();
  const { output, code } = await outputOf(words, folder, signal);
  signal.throwIfAborted();
  const events = output.split("\n").flatMap((line) => {
    try {
      return line.startsWith("{") ? [JSON.parse(line) as RunEvent] : [];
    } catch {
      return [];
    }
  });
  return { events, code, tookMs: performance.now() - began };
}

function outputOf(
  words: readonly string[],
  folder: string,
  signal: AbortSignal,
): Promise<{ readonly output: string; readonly code: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, {
      cwd: folder,
      stdio: ["ignore", "pipe", "ignore"],
      timeout: limitMs,
    });
    const stop = (): void => void child.kill("SIGINT");
    signal.addEventListener("abort", stop);
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      signal.removeEventListener("abort", stop);
      resolve({ output, code });
    });
  });
}

type Measured = Omit<EvalResult, "case" | "variant" | "language" | "second" | "verdict">;

/** What a run took, by its events. */
export function measured({ events, tookMs }: Asked): Measured {
  const end = events.findLast((event) => event.kind === "finished");
  const metrics = end?.kind === "finished" ? end.metrics : {};
  const sent = events.find((event) => event.kind === "sent");
  const model = events.find((event) => event.kind === "model");
  const letters = (kind: "thought" | "answer"): number =>
    events.reduce((sum, event) => sum + (event.kind === kind ? event.text.length : 0), 0);
  const requests = events.filter(({ kind }) => kind === "sent" || kind === "attempt").length;
  const read = metrics.promptTokens ?? 0;
  const first = sent?.kind === "sent" ? sent.tokens : 0;
  const written = metrics.answerTokens ?? 0;
  const [thought, answer] = [letters("thought"), letters("answer")];
  const tokensThought = Math.round((written * thought) / Math.max(1, thought + answer));
  const proposal = events.findLast((event) => event.kind === "proposal");
  return {
    ...(model?.kind === "model" ? { model: model.model } : {}),
    requests,
    tokensRead: read,
    tokensReadAgain: requests > 1 ? Math.max(0, read - first) : 0,
    tokensThought,
    tokensAnswered: written - tokensThought,
    seconds: Math.round(tookMs / 100) / 10,
    changed: proposal?.kind === "proposal" ? proposal.proposal.files.map(({ path }) => path) : [],
  };
}

/**
 * Why no model was reached, and what to do; undefined where one was. All further cases would end
 * the same way.
 */
export function whyNoModel({ events }: Asked): string | undefined {
  if (events.some(({ kind }) => kind === "model")) return undefined;
  const end = events.find((event) => event.kind === "failed");
  return end?.kind === "failed" ? `${end.report.title}. ${end.report.remedy}` : undefined;
}

/**
 * What came of a run without a look at the code; undefined where a change was written, which the
 * tests decide.
 */
export function verdictWithoutTests({
  events,
  code,
}: Asked): { readonly verdict: Verdict; readonly detail: string } | undefined {
  const end = events.findLast(({ kind }) => kind === "finished" || kind === "failed");
  if (end?.kind === "failed") {
    const { title, failure } = end.report;
    // The change was there and was not written: that is an answer to the case.
    const refused = failure.kind === "guardedPlace" || failure.kind === "documentConflict";
    return { verdict: refused ? "refused" : "failed", detail: title };
  }
  if (end?.kind !== "finished" || end.outcome === "stopped")
    return { verdict: "failed", detail: "it ended without an ending" };
  if (code === 0) return undefined;
  if (code === 3) return { verdict: "refused", detail: "a check says that it gets worse" };
  const verdict = end.outcome === "unchanged" ? "unchanged" : "refused";
  return { verdict, detail: [end.outcome, end.detail ?? ""].join(": ").replace(/: $/, "") };
}
