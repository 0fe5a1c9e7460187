import { defined } from "../../../base/defined";
import type { UnplacedEdit } from "../../../protocol/proposal";
import type { RunEvent } from "../../../protocol/run-events";
import { FailureError } from "../../failure-error";
import { buildRepairPrompt } from "../../prompt/build-prompt";
import { type Asking, samplingFor } from "../asking/ask-model";
import { tellSent } from "../asking/first-request";
import { sealPrompt } from "../asking/seal-prompt";
import { unplacedEdit } from "../edits/unplaced-edit";
import { type Ending, endingOf } from "../ending";
import type { KnownGround } from "../ground";
import type { RunEnvironment, RunRequest } from "../run-request";
import { promptRequestFor, writableSecrets } from "./attempt";
import { askOnceMore, type QuotingRefusal, repairFacts } from "./repair";

/**
 * Asks for one edit of an earlier answer again, because the person wants it: once, with the file as
 * it is now. Where it still has no place it waits as before. Throws what the model port throws, and
 * FailureError when the edit and the reason do not fit the window.
 */
export async function* askForEditAgain(
  edit: UnplacedEdit,
  request: RunRequest,
  asking: Asking,
  ground: KnownGround,
  environment: RunEnvironment,
): AsyncGenerator<RunEvent, Ending, void> {
  const { connection } = asking;
  const { target } = request;
  const promptRequest = {
    ...promptRequestFor(request, connection, ground, undefined, environment),
    attempt: 1,
  };
  const refusal = refusalOf(edit);
  const built = buildRepairPrompt(promptRequest, repairFacts(refusal, promptRequest));
  if (built === undefined)
    throw new FailureError({ kind: "contextOverflow", contextTokens: connection.contextTokens });
  const prompt = await sealPrompt(built, environment.secrets);
  yield await tellSent(prompt, samplingFor(connection, 1), asking, asking.interventions.stopped);
  const facts = {
    target,
    range: prompt.context.symbol?.range ?? target.range,
    context: ground.syntax,
    syntax: environment.syntax,
    ...writableSecrets(request, environment),
  };
  const verdict = yield* askOnceMore(refusal, prompt, promptRequest, facts, asking, 1);
  if (verdict?.kind === "proposal") {
    const { files } = verdict.proposal;
    const beside = (edit.beside ?? []).filter(({ uri }) => files.every((file) => file.uri !== uri));
    yield { kind: "proposal", proposal: { ...verdict.proposal, files: [...files, ...beside] } };
    return { outcome: "proposed" };
  }
  const still = verdict?.kind === "refusal" ? unplacedEdit(verdict, target) : undefined;
  const waiting = {
    ...(still ?? edit),
    id: crypto.randomUUID(),
    ...defined({ beside: edit.beside }),
  };
  yield { kind: "unplaced", at: Date.now(), edit: waiting };
  return verdict === undefined
    ? { outcome: "refused", detail: "The answer holds no such edit." }
    : endingOf(verdict);
}

/** The edit as it was refused. Several places in question mean that they are equal. */
function refusalOf({
  path,
  reason,
  search = "",
  replace,
  candidates,
  others,
}: UnplacedEdit): QuotingRefusal {
  return {
    kind: "refusal",
    code: candidates.length > 1 ? "ambiguous" : "noMatch",
    message: reason,
    candidates: candidates.map((place) => ({ ...place, path })),
    failed: { number: 1, form: "searchReplace", path, search, replace },
    fine: others.map((other, index) => ({
      number: index + 2,
      form: "searchReplace",
      path,
      ...other,
    })),
  };
}
