import { defined } from "../../base/defined";
import { FailureError } from "../../core/failure-error";
import type { ModelDetails, ModelInfo, ModelServer } from "../../core/model/language-model";
import { isRemote } from "../models/choose-model";

/** Models that are asked about one by one, up to so many. */
const maxDescribed = 24;

/**
 * Daemons before 0.30 list models without what they can do, and tell it one by one. Never asked
 * about a model that runs elsewhere.
 */
export async function withDetails(
  model: Pick<ModelServer, "describe">,
  models: readonly ModelInfo[],
  signal: AbortSignal,
): Promise<readonly ModelInfo[]> {
  const unknown = models
    .filter((each) => each.capabilities.length === 0 && !isRemote(each))
    .slice(0, maxDescribed);
  const found = new Map<string, ModelDetails>();
  await Promise.all(
    unknown.map(async ({ name }) => {
      try {
        found.set(name, await model.describe(name, signal));
      } catch (thrown) {
        signal.throwIfAborted();
        // One broken model must not hide the others.
        if (!(thrown instanceof FailureError)) throw thrown;
      }
    }),
  );
  return models.map((each) => {
    const details = found.get(each.name);
    if (details === undefined) return each;
    const { capabilities, trainedContextTokens: contextTokens, hasChatTemplate } = details;
    return { ...each, capabilities, ...defined({ contextTokens, hasChatTemplate }) };
  });
}
