import { defined } from "../../../base/defined";
import { isRecord, type Json } from "../../../base/guards";
import { levelsIn, type ThinkingLevel } from "../../../base/thoughts/levels";
import { llamaServer, lmStudio, type ServerKind } from "./server-kinds";

/** What a server tells of a model beside the list that all have. */
interface MoreAbout {
  /** The window that the model has now, in tokens. */
  readonly contextTokens?: number;
  readonly thinks?: boolean;
  readonly levels?: readonly ThinkingLevel[];
}

/** @param ask gives the answer at a path of the server, {} where there is none. */
export async function moreAbout(
  kind: ServerKind,
  model: string,
  ask: (path: string) => Promise<Json>,
): Promise<MoreAbout> {
  switch (kind) {
    case llamaServer:
      // A server of many models would load this one, which is for the request to do.
      return ofLlama(await ask(`/props?model=${encodeURIComponent(model)}&autoload=false`));
    case lmStudio:
      return ofLmStudio(
        await ask(`/api/v0/models/${model.split("/").map(encodeURIComponent).join("/")}`),
      );
    default:
      return {};
  }
}

/** Its template says whether a model thinks: it has a place for a thought, or a switch for it. */
function ofLlama(props: Json): MoreAbout {
  const { chat_template: template, default_generation_settings: settings } = props;
  return defined({
    contextTokens: isRecord(settings) ? positive(settings["n_ctx"]) : undefined,
    thinks:
      typeof template === "string"
        ? /reasoning_content|enable_thinking|<think>|\[THINK\]|<\|channel\|>/.test(template)
        : undefined,
    levels: typeof template === "string" ? levelsIn(template) : undefined,
  });
}

/** A model that is not loaded yet has no window, and is loaded with one of its own. */
function ofLmStudio({ loaded_context_length: loaded }: Json): MoreAbout {
  return defined({ contextTokens: positive(loaded) });
}

function positive(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : undefined;
}
