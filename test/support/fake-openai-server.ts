import { type FakeDaemon, startFakeDaemon } from "./fake-daemon";
import type { RecordedRequest, Reply, Step } from "./fake-wire";

export interface OpenAiScript {
  /** `owned_by` of the models, which says what the server is. */
  readonly owner?: string;
  readonly models?: readonly string[];
  /** More fields of each listed model. */
  readonly listed?: object;
  /** What `/props` answers; absent: there is none. */
  readonly props?: object;
  /** Without it the answer is "ok". */
  readonly chat?: (fields: Fields, request: RecordedRequest) => Reply;
  /** Asked first. */
  readonly reply?: (request: RecordedRequest) => Reply | undefined;
}

/** The body of a chat request, as far as tests look. */
export type Fields = Readonly<Record<string, unknown>> & {
  readonly model: string;
  readonly messages: readonly Readonly<Record<string, unknown>>[];
};

export interface FakeOpenAiServer extends FakeDaemon {
  /** Bodies of the chat requests, in order. */
  fields(): readonly Fields[];
}

/**
 * A real HTTP server that speaks the API of vLLM, llama.cpp and their like, as well or badly as its
 * script says.
 */
export async function startFakeOpenAiServer(script: OpenAiScript = {}): Promise<FakeOpenAiServer> {
  const { owner = "vllm", models = ["m"], listed = {}, props } = script;
  const chats: Fields[] = [];
  const daemon = await startFakeDaemon({
    reply: (request) => {
      const own = script.reply?.(request);
      if (own !== undefined) return own;
      const path = request.path.split("?")[0];
      if (path === "/v1/models")
        return json({ data: models.map((id) => ({ id, owned_by: owner, ...listed })) });
      if (path === "/props" && props !== undefined) return json(props);
      if (path === "/v1/chat/completions") {
        const fields = JSON.parse(request.text) as Fields;
        chats.push(fields);
        if (!models.includes(fields.model))
          return json({ error: { message: `The model ${fields.model} does not exist.` } }, 404);
        return script.chat?.(fields, request) ?? events(delta({ content: "ok" }), stop());
      }
      return json({ detail: "Not Found" }, 404);
    },
  });
  return Object.assign(Object.create(daemon), daemon, {
    endpoint: `${daemon.endpoint}/v1`,
    fields: () => chats,
  });
}

export function json(value: unknown, status = 200): Reply {
  const headers = { "content-type": "application/json" };
  return { status, headers, steps: [JSON.stringify(value)] };
}

/**
 * A stream of events, ended with `[DONE]`. Text goes out as it is; objects become the data of an
 * event.
 */
export function events(...steps: readonly (object | string)[]): Reply {
  return { headers: { "content-type": "text/event-stream" }, steps: wire([...steps, "[DONE]"]) };
}

/** The same without the end. */
export function eventsCut(...steps: readonly (object | string)[]): Reply {
  return { headers: { "content-type": "text/event-stream" }, steps: wire(steps) };
}

function* wire(steps: readonly (object | string)[]): Generator<Step> {
  for (const step of steps) {
    if (step === "[DONE]") yield "data: [DONE]\n\n";
    else if (typeof step === "string") yield step;
    else if ("waitMs" in step || "fault" in step) yield step as Step;
    else yield `data: ${JSON.stringify(step)}\n\n`;
  }
}

export function delta(fields: object): object {
  return { id: "chatcmpl-1", choices: [{ index: 0, delta: fields, finish_reason: null }] };
}

export function stop(reason = "stop"): object {
  return { id: "chatcmpl-1", choices: [{ index: 0, delta: {}, finish_reason: reason }] };
}
