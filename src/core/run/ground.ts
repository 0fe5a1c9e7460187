import { defined } from "../../base/defined";
import { t } from "../../base/l10n";
import type { RunEvent } from "../../protocol/run-events";
import type { SyntaxContext } from "../../protocol/syntax";
import { type ContextFindings, nothingFound } from "../context/context-source";
import { isEnvironmentFile, valuesOf } from "../context/file-rules";
import { gather } from "../context/gather";
import { mentionsIn } from "../context/mentions";
import type { Connection } from "../model/connection";
import { localityOf } from "../model/locality";
import type { KnownGround } from "./attempt";
import type { RunEnvironment, RunRequest } from "./run-request";

/** Looks for what is known of a request's place: its syntax, and what belongs to it. `missing`: why there is no syntax. */
export async function knownGround(
  request: RunRequest,
  environment: RunEnvironment,
  signal: AbortSignal,
): Promise<{ readonly ground: KnownGround; readonly missing?: string }> {
  const { context: syntax, missing } = await syntaxContext(request, environment, signal);
  const found = await findContext(request, syntax, environment, signal);
  return { ground: { syntax, found }, ...defined({ missing }) };
}

export function modelEvent({ name, model, local, contextTokens }: Connection): RunEvent {
  const { endpoint } = model;
  const locality = localityOf(endpoint);
  return { kind: "model", model: name, endpoint, local, locality, contextTokens };
}

async function findContext(
  request: RunRequest,
  syntax: SyntaxContext | undefined,
  { context, contextWishes, secrets, log }: RunEnvironment,
  signal: AbortSignal,
): Promise<ContextFindings> {
  const { action, target } = request;
  if (isEnvironmentFile(target.path))
    for (const value of valuesOf(target.text)) secrets?.add(value);
  const mentions = mentionsIn(request.question ?? "");
  const wishes = contextWishes?.();
  const isWanted = wishes === undefined || wishes.extraTokens > 0 || wishes.choices.pinned.size > 0;
  if (context === undefined || (!isWanted && mentions.length === 0)) return nothingFound;
  return await gather(await context(), { action, target, syntax, mentions }, signal, log);
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

export function startedEvent(runId: string, request: RunRequest): RunEvent {
  const { target, question, again } = request;
  const subject =
    again === undefined
      ? (question ?? target.diagnostics[0]?.message ?? "")
      : t("The edit without a sure place, once more");
  return {
    kind: "started",
    at: Date.now(),
    runId,
    action: request.action,
    uri: target.uri,
    path: target.path,
    range: target.range,
    subject,
    ...defined({
      question: again === undefined ? question : undefined,
      again: again?.id,
      follows: request.follows?.runId,
    }),
  };
}
