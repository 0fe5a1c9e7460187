import { defined } from "../../base/defined";
import type { SyntaxContext } from "../../protocol/syntax";
import { type ContextFindings, nothingFound } from "../context/context-source";
import { isEnvironmentFile, valuesOf } from "../context/file-rules";
import { gather } from "../context/gather";
import { mentionsIn } from "../context/mentions";
import type { SecretMasks } from "../context/secret-masks";
import type { RunEnvironment, RunRequest } from "./run-request";

/** What is known of the place before the model is asked. */
export interface KnownGround {
  readonly syntax: SyntaxContext | undefined;
  readonly found: ContextFindings;
}

/**
 * Looks for what is known of a request's place: its syntax, and what belongs to it. `missing`: why
 * there is no syntax.
 */
export async function knownGround(
  request: RunRequest,
  environment: RunEnvironment,
  signal: AbortSignal,
): Promise<{ readonly ground: KnownGround; readonly missing?: string }> {
  const { context: syntax, missing } = await syntaxContext(request, environment, signal);
  const found = await findContext(request, syntax, environment, signal);
  return { ground: { syntax, found }, ...defined({ missing }) };
}

async function findContext(
  request: RunRequest,
  syntax: SyntaxContext | undefined,
  { context, contextWishes, secrets, log }: RunEnvironment,
  signal: AbortSignal,
): Promise<ContextFindings> {
  const { action, target } = request;
  hideValues(target.path, target.text, secrets);
  const mentions = mentionsIn(request.question ?? "");
  const wishes = contextWishes?.();
  const isWanted = wishes === undefined || wishes.extraTokens > 0 || wishes.choices.pinned.size > 0;
  if (context === undefined || (!isWanted && mentions.length === 0)) return nothingFound;
  const query = { action, target, syntax, mentions };
  const found = await gather(await context(), query, signal, log);
  for (const { path, file, text } of found.pieces) {
    if (file !== undefined) hideValues(path, file.text, secrets);
    // Of a diff what was there before, too; of a selection what is in no file yet.
    hideValues(path, text.replaceAll(/^[-+ ]/gm, ""), secrets);
  }
  return found;
}

/** All values of a file that is made to hold secrets are hidden, whatever they look like. */
function hideValues(path: string | undefined, text: string, secrets: SecretMasks | undefined) {
  if (path === undefined || !isEnvironmentFile(path)) return;
  for (const value of valuesOf(text)) secrets?.add(value);
}

interface KnownSyntax {
  readonly context?: SyntaxContext | undefined;
  /** Why nothing is known of the syntax, though there is a grammar for it. */
  readonly missing?: string;
}

async function syntaxContext(
  request: RunRequest,
  environment: RunEnvironment,
  signal: AbortSignal,
): Promise<KnownSyntax> {
  try {
    return { context: await environment.syntax.context(request.target, signal) };
  } catch (thrown) {
    const missing = thrown instanceof Error ? thrown.message : String(thrown);
    if (!signal.aborted) environment.log.warn(`no syntax: ${missing}`);
    return { missing };
  }
}
