import { defined } from "../../base/defined";
import { FailureError } from "../../core/failure-error";
import type { ModelDetails, ModelInfo, ModelServer } from "../../core/model/language-model";
import { isRemote } from "../models/choose-model";

/** Models that are asked about one by one, up to so many. */
const maxDescribed = 24;

/**
 * Daemons before 0.30 list models without what they can do, and tell it one by one; that there is
 * no template to talk by, every server tells only of one. Never asked about a model that runs
 * elsewhere.
 * @param isUnknown which of them are asked about.
 */
export async function withDetails(
  model: Pick<ModelServer, "describe">,
  models: readonly ModelInfo[],
  signal: AbortSignal,
  isUnknown = ({ capabilities }: ModelInfo) => capabilities.length === 0,
): Promise<readonly ModelInfo[]> {
  const unknown = models
    .filter((each) => isUnknown(each) && !isRemote(each))
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

/** For a list that a person, or another program, chooses from. */
export function mayBeBase({ hasChatTemplate }: ModelInfo): boolean {
  return hasChatTemplate === undefined;
}
