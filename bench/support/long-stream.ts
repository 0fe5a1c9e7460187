import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { StepFinder } from "../../src/base/thoughts/steps";
import type { FromPanel } from "../../src/protocol/panel/from-panel";

const root = process.cwd();
export const charactersPerToken = 4;

/**
 * This project's own documents, as often as it takes: prose, lists, tables and code, with names of
 * the project in all of it.
 */
export function longText(tokens: number): string {
  const decisions = readdirSync(join(root, "docs/decisions")).map(
    (name) => `docs/decisions/${name}`,
  );
  const files = ["ARCHITECTURE.md", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", ...decisions];
  const text = files.map((file) => readFileSync(join(root, file), "utf8")).join("\n\n");
  const length = tokens * charactersPerToken;
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}

/** A stretch of the thought: its text, and the steps that the host finds in it. */
export interface Stretch {
  readonly text: string;
  /**
   * `token`: after which token of the stretch it is found; `back`: how many characters before that
   * it began.
   */
  readonly steps: readonly { readonly token: number; readonly back: number }[];
}

/** The text in so many stretches of the same length. */
export function stretches(tokens: number, number: number): readonly Stretch[] {
  const text = longText(tokens);
  const finder = new StepFinder();
  const tokensInEach = Math.ceil(tokens / number);
  return Array.from({ length: number }, (_, index) => {
    const first = index * tokensInEach * charactersPerToken;
    const own = text.slice(first, first + tokensInEach * charactersPerToken);
    const steps: { token: number; back: number }[] = [];
    for (let token = 0; token * charactersPerToken < own.length; token++) {
      const from = token * charactersPerToken;
      const to = from + charactersPerToken;
      for (const at of finder.push(own.slice(from, to)))
        steps.push({ token, back: first + Math.min(to, own.length) - at });
    }
    return { text: own, steps };
  });
}

/** Runs in the page: what was handed over, as the host sends it. */
export function deliverAll(): void {
  const { messages } = window as unknown as { messages: readonly unknown[] };
  for (const message of messages) window.postMessage(message, "*");
}

/**
 * Runs in the page: each batch when its time has come. The events are made there, so that what the
 * sender does to send them is not the page's work. @returns the number of the next event.
 */
export function deliverInTime(
  given: Stretch & {
    runId: string;
    seq: number;
    charactersPerToken: number;
    tokensPerSecond: number;
    batchMs: number;
  },
): Promise<number> {
  const { text, steps, runId, charactersPerToken } = given;
  const tokensInBatch = (given.tokensPerSecond * given.batchMs) / 1_000;
  const inAll = Math.ceil(text.length / charactersPerToken);
  return new Promise((resolve) => {
    const began = performance.now();
    let { seq } = given;
    let token = 0;
    let step = 0;
    const deliver = (): void => {
      const events: unknown[] = [];
      for (const last = Math.min(token + tokensInBatch, inAll); token < last; token++) {
        const from = token * charactersPerToken;
        events.push({ kind: "thought", text: text.slice(from, from + charactersPerToken) });
        for (; steps[step]?.token === token; step++)
          events.push({ kind: "step", at: 0, back: steps[step]?.back });
      }
      const data = { kind: "events", batch: { runId, seq, events } };
      seq += events.length;
      window.dispatchEvent(new MessageEvent("message", { data }));
    };
    const timer = setInterval(() => {
      const due = Math.min(
        Math.ceil((performance.now() - began) / given.batchMs) * tokensInBatch,
        inAll,
      );
      while (token < due) deliver();
      if (token < inAll) return;
      clearInterval(timer);
      // Links are made when there is nothing else to do.
      setTimeout(() => resolve(seq), 500);
    }, given.batchMs);
  });
}

/**
 * The host's part in the page: every name with a dot, a line or a capital in it leads somewhere.
 */
export function answerQuestionsAboutPlaces(): void {
  const { recorder } = window as unknown as { recorder: { sent: FromPanel[] } };
  setInterval(() => {
    for (const asked of recorder.sent.splice(0)) {
      if (asked.kind !== "findPlaces") continue;
      const { runId, names } = asked;
      const found = names
        .filter((name) => /[.:A-Z]/.test(name))
        .map((name) => ({ name, at: name }));
      window.postMessage({ kind: "places", runId, asked: names, found }, "*");
    }
  }, 100);
}
