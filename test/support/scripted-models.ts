import { leastTokens } from "../../src/core/model/read-notices";
import { contentLine, doneLine, errorLine, thinkingLine } from "./chat-lines";
import type { RecordedRequest, Reply, Step, WireBody } from "./fake-wire";

export interface ScriptedModel {
  readonly name: string;
  /** Default: `completion` only. */
  readonly capabilities?: readonly string[];
  readonly bytes?: number;
  /** The window the model was trained for, in tokens. */
  readonly trainedContextTokens?: number;
  /** As `ollama show --parameters` prints it. */
  readonly parameters?: string;
  readonly family?: string;
  /** As the daemon tells it; default: one that knows roles. */
  readonly template?: string;
  /** Further entries of `model_info`. */
  readonly measures?: Readonly<Record<string, unknown>>;
  readonly remoteHost?: string;
  /** How long it takes to load when it is not loaded. */
  readonly loadMs?: number;
}

/**
 * What a scripted model says; it is cut into tokens, keeps to `num_predict`, and thinks only when
 * it may.
 */
export interface ChatAnswer {
  readonly thinking?: string;
  readonly answer: string;
  readonly delayMsPerChunk?: number;
  /**
   * `resetMidway` and `endMidway` break after half of the answer, `hangMidway` stays silent there,
   * `hangAtOnce` before the headers.
   */
  readonly fault?: "resetMidway" | "endMidway" | "hangMidway" | "hangAtOnce" | "errorMidway";
}

/**
 * The healthy side of the fake daemon: a few models with scripted answers, behind the daemon's
 * rules.
 */
export class ScriptedModels {
  readonly #version: string;
  readonly #models: readonly ScriptedModel[];
  readonly #chat: (body: WireBody) => ChatAnswer | Reply;
  /** Loaded models and their window. */
  readonly #loaded = new Map<string, number>();
  /** Let go, and listed once more, as by the real daemon. */
  readonly #leaving = new Set<string>();

  constructor(
    version: string,
    models: readonly ScriptedModel[],
    chat: ((body: WireBody) => ChatAnswer | Reply) | undefined,
  ) {
    this.#version = version;
    this.#models = models;
    this.#chat =
      chat ??
      ((body) => ({
        answer: `You said: ${body.messages?.at(-1)?.content}`,
        thinking: "The person said something.",
      }));
  }

  answer(request: RecordedRequest): Reply {
    switch (`${request.method} ${request.path}`) {
      case "GET /":
        return { headers: { "content-type": "text/plain" }, steps: ["Ollama is running"] };
      case "GET /api/version":
        return json({ version: this.#version });
      case "GET /api/tags":
        return json({ models: this.#models.map((model) => this.#entry(model)) });
      case "GET /api/ps":
        return json({ models: this.#listLoaded() });
      case "POST /api/show":
        return this.#show(request.body);
      case "POST /api/chat":
        return this.#answerChat(request.body);
      case "POST /api/pull":
        return this.#pull(request.body);
      default:
        return {
          status: 404,
          headers: { "content-type": "text/plain" },
          steps: ["404 page not found"],
        };
    }
  }

  #entry(model: ScriptedModel): object {
    return {
      name: fullName(model.name),
      model: fullName(model.name),
      size: model.bytes ?? 1_000_000_000,
      digest: "0".repeat(64),
      details: {
        format: "gguf",
        family: model.family ?? "qwen2",
        parameter_size: "1.5B",
        quantization_level: "Q4_K_M",
      },
      ...(model.remoteHost === undefined
        ? {}
        : { remote_host: model.remoteHost, remote_model: model.name }),
    };
  }

  #find(name: unknown): ScriptedModel | undefined {
    return this.#models.find((model) => fullName(model.name) === fullName(String(name)));
  }

  #show(body: WireBody): Reply {
    const model = this.#find(body.model);
    if (model === undefined) return missing(body.model);
    return json({
      parameters: model.parameters ?? "",
      details: { family: model.family ?? "qwen2" },
      template:
        model.template ??
        "{{ range .Messages }}<|im_start|>{{ .Role }}\n{{ .Content }}<|im_end|>\n{{ end }}",
      model_info: {
        "general.architecture": "qwen2",
        "qwen2.context_length": model.trainedContextTokens ?? 32_768,
        ...model.measures,
      },
      capabilities: model.capabilities ?? ["completion"],
      ...(model.remoteHost === undefined
        ? {}
        : { remote_host: model.remoteHost, remote_model: model.name }),
    });
  }

  #pull(body: WireBody): Reply {
    const name = body.model ?? body.name;
    if (this.#find(name) === undefined)
      return { steps: [errorLine("pull model manifest: file does not exist")] };
    const layer = { status: "pulling 000000000000", digest: "sha256:0", total: 100 };
    const lines = [
      { status: "pulling manifest" },
      layer,
      { ...layer, completed: 40 },
      { ...layer, completed: 100 },
      { status: "success" },
    ];
    return { steps: lines.map((line) => `${JSON.stringify(line)}\n`) };
  }

  #listLoaded(): readonly object[] {
    const listed = this.#models.flatMap((model) => {
      const window = this.#loaded.get(fullName(model.name));
      return window === undefined
        ? []
        : { ...this.#entry(model), size_vram: 0, context_length: window };
    });
    for (const name of this.#leaving) this.#loaded.delete(name);
    this.#leaving.clear();
    return listed;
  }

  #answerChat(body: WireBody): Reply {
    if (!body.model) return failed(400, "model is required");
    const model = this.#find(body.model);
    if (model === undefined) return missing(body.model);
    const canThink = model.capabilities?.includes("thinking") === true;
    if (body.think && !canThink) return failed(400, `"${body.model}" does not support thinking`);

    const window = body.options?.["num_ctx"] ?? 4096;
    if (!body.messages?.length) {
      if (body.keep_alive === 0) this.#leaving.add(fullName(model.name));
      else this.#loaded.set(fullName(model.name), window);
      return json(JSON.parse(doneLine(body.keep_alive === 0 ? "unload" : "load", {})));
    }
    const characters = body.messages.reduce((sum, one) => sum + one.content.length, 0);
    const promptTokens = Math.max(Math.ceil(characters / 4), leastTokens(body.messages));
    if (promptTokens > window && body.truncate === false)
      return failed(400, overflow(promptTokens, window));

    const loadMs = this.#loaded.get(fullName(model.name)) === window ? 0 : (model.loadMs ?? 0);
    this.#loaded.set(fullName(model.name), window);
    this.#leaving.delete(fullName(model.name));
    const scripted = this.#chat(body);
    if ("steps" in scripted) return scripted;
    const steps = chatSteps(scripted, body, canThink, promptTokens);
    return { headersAfterMs: loadMs, steps };
  }
}

function* chatSteps(
  scripted: ChatAnswer,
  body: WireBody,
  canThink: boolean,
  promptTokens: number,
): Generator<Step> {
  const last = body.messages?.at(-1);
  const closedThought = last?.role === "assistant" && last.content.includes("</think>");
  const thinks = canThink && body.think !== false && !closedThought;
  const lines = [
    ...(thinks ? tokens(scripted.thinking ?? "").map(thinkingLine) : []),
    ...tokens(scripted.answer).map((token) => contentLine(token)),
  ];
  if (scripted.fault === "hangAtOnce") yield { fault: "hang" };
  const most = body.options?.["num_predict"] ?? -1;
  const limit = most > 0 ? Math.min(most, lines.length) : lines.length;
  const half = Math.ceil(lines.length / 2);
  for (const [index, line] of lines.slice(0, limit).entries()) {
    if (index === half && scripted.fault !== undefined) {
      if (scripted.fault === "errorMidway")
        yield errorLine("an error was encountered while running the model: unexpected EOF");
      else if (scripted.fault !== "endMidway")
        yield { fault: scripted.fault === "resetMidway" ? "reset" : "hang" };
      return;
    }
    yield line;
    if (scripted.delayMsPerChunk !== undefined) yield { waitMs: scripted.delayMsPerChunk };
  }
  const counts = {
    load_duration: 1_000_000,
    prompt_eval_count: promptTokens,
    prompt_eval_duration: 2_000_000,
  };
  const reason = limit < lines.length ? "length" : "stop";
  yield doneLine(reason, { ...counts, eval_count: limit, eval_duration: 3_000_000 });
}

/** Words with the white space before them: about what a tokenizer does. */
function tokens(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

function json(value: object): Reply {
  return {
    headers: { "content-type": "application/json; charset=utf-8" },
    steps: [JSON.stringify(value)],
  };
}

function failed(status: number, message: string): Reply {
  return { ...json({ error: message }), status };
}

function missing(name: unknown): Reply {
  return failed(404, `model '${String(name)}' not found`);
}

/** llama.cpp's error inside the daemon's, as newer daemons pass it on. */
function overflow(promptTokens: number, window: number): string {
  return JSON.stringify({
    error: {
      code: 400,
      type: "exceed_context_size_error",
      message: "the request exceeds the context size",
      n_prompt_tokens: promptTokens,
      n_ctx: window,
    },
  });
}

function fullName(name: string): string {
  return name.includes(":") ? name : `${name}:latest`;
}
