import { defined } from "../../../base/defined";
import { isRecord, type Json, positive } from "../../../base/guards";
import { levelsIn, type ThinkingLevel } from "../../../base/thoughts/levels";
import { llamaServer, lmStudio, type ServerKind } from "./server-kinds";

/** What a server tells of a model beside the list that all have. */
interface MoreAbout {
  /** The window that the model has now, in tokens. */
  readonly contextTokens?: number;
  readonly thinks?: boolean;
  readonly levels?: readonly ThinkingLevel[];
  /** False where nothing tells how a turn of a talk is written for the model. */
  readonly hasChatTemplate?: false;
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
  const { chat_template: template, default_generation_settings: settings, eos_token: end } = props;
  const contextTokens = isRecord(settings) ? positive(settings["n_ctx"]) : undefined;
  if (typeof template !== "string") return defined({ contextTokens });
  return defined({
    contextTokens,
    thinks: /reasoning_content|enable_thinking|<think>|\[THINK\]|<\|channel\|>/.test(template),
    levels: levelsIn(template),
    hasChatTemplate: isStandIn(template, end) ? (false as const) : undefined,
  });
}

/** The template that llama.cpp's server takes for a file without one, without its white space. */
const standIn =
  "{%-formessageinmessages-%}{{-'<|im_start|>'+message.role+''+message.content+'<|im_end|>'-}}" +
  "{%-endfor-%}{%-ifadd_generation_prompt-%}{{-'<|im_start|>assistant'-}}{%-endif-%}";

/**
 * Whether a template is not the model's: its text would end otherwise, as Gemma's base model ends
 * with `<eos>`.
 */
function isStandIn(template: string, end: unknown): boolean {
  return template.replace(/\s/g, "") === standIn && end !== "<|im_end|>";
}

/** A model that is not loaded yet has no window, and is loaded with one of its own. */
function ofLmStudio({ loaded_context_length: loaded }: Json): MoreAbout {
  return defined({ contextTokens: positive(loaded) });
}
