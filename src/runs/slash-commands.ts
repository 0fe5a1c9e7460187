import { defined } from "../base/defined";
import type { Action } from "../protocol/run-events";

/** What is asked for by its name: in the panel's box, and in the editor's own chat. */
export const slashCommands = {
  fix: "fix",
  explain: "explain",
  improve: "improve",
  document: "document",
  tests: "writeTests",
} as const satisfies Readonly<Record<string, Action>>;

export interface AskedFor {
  readonly action: Action;
  readonly question?: string;
}

/** `/fix it fails for an empty list`: a fix, and what is wrong. Anything else is a question. */
export function askedFor(text: string): AskedFor {
  const [, name = "", words = ""] = /^\s*\/([a-z]+)(?:\s+(.*))?$/s.exec(text) ?? [];
  const action = actionOf(name);
  if (action === undefined) return { action: "ask", question: text };
  return { action, ...defined({ question: words.trim() || undefined }) };
}

export function actionOf(command: string): Action | undefined {
  return Object.hasOwn(slashCommands, command)
    ? slashCommands[command as keyof typeof slashCommands]
    : undefined;
}
