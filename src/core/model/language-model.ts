import type { Think, ThinkingLevel } from "../../base/thoughts/levels";
import type { ThoughtForm } from "../../base/thoughts/marks";
import type { RunMetrics, WireMessage } from "../../protocol/run-events";

export interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** Options of a request by the names the daemon uses; only what is set is sent. */
export interface SamplingOptions {
  readonly temperature?: number;
  readonly topP?: number;
  /** Above 1 it makes unlikely what was written lately; absent: the server's own. */
  readonly repeatPenalty?: number;
  readonly seed?: number;
  /** Stop after this many tokens, thinking included. */
  readonly maxTokens?: number;
}

export interface ChatRequest {
  readonly model: string;
  /** Names the chat while it goes on, for {@link LanguageModel.steer}. */
  readonly id?: string;
  /**
   * A last message of role `assistant` is a prefilled turn that the model continues: `<think>` with
   * an unfinished thought makes it think on, a thought closed with `</think>` makes it answer at
   * once. A template may close the turn all the same; then the model begins anew, and whoever asks
   * learns it by that. After an open `<think>` everything up to `</think>` arrives as `thought`,
   * and all of it where the model never closes: an edit is never read from what may be reasoning.
   */
  readonly messages: readonly ChatMessage[];
  /** The model's template closes every turn, so that none can be begun for it. */
  readonly closesTurns?: boolean;
  /**
   * Context window in tokens. Must be the same in every request to a model, or the daemon loads the
   * model anew.
   */
  readonly contextTokens: number;
  readonly think: Think;
  /**
   * After so many tokens the thought is to end. A server that can sees to it itself, see
   * {@link LanguageModel.endsThoughtAfter}; whoever asks counts all the same.
   */
  readonly thoughtTokens?: number;
  readonly sampling: SamplingOptions;
  /** How long the model stays loaded afterwards: seconds, or a duration such as "5m". */
  readonly keepAlive?: number | string;
  /** Model names that the person allowed although they run off this machine. */
  readonly allowedCloudModels?: readonly string[];
}

/** A request in the words of the server that it goes to. */
export interface WireChat {
  /** Behind the endpoint: "/api/chat". */
  readonly path: string;
  /** The whole body. */
  readonly body: Readonly<Record<string, unknown>> & { readonly messages: readonly WireMessage[] };
}

/** Several answers to one prompt, which nobody reads while they are written. */
export interface SamplesRequest extends ChatRequest {
  /** An answer ends where one of these texts would begin. */
  readonly stop?: readonly string[];
}

/** Why the model stopped. `stop`: by itself; `length`: at a limit, so the answer is cut off. */
export type StopReason = "stop" | "length";

export type ModelEvent =
  /**
   * The request is on the wire and nothing has come back; the model may be loading or reading the
   * prompt.
   */
  | { readonly kind: "sent" }
  | { readonly kind: "loading"; readonly done?: number; readonly total?: number }
  /** The model is in memory; with the tokens of the prompt read so far, where the engine tells. */
  | { readonly kind: "reading"; readonly done?: number; readonly total?: number }
  | { readonly kind: "thought"; readonly text: string }
  | { readonly kind: "answer"; readonly text: string }
  /**
   * All answer text of this request so far was thought: the model closed a thought that it had
   * never opened (`</think>` without `<think>`), or that seemed to be closed before. Answers are
   * shown as they come, so this can only be told afterwards. Whoever keeps the text moves it from
   * the answer to the end of the thought.
   */
  | { readonly kind: "answerWasThought" }
  /** The thought was ended by {@link LanguageModel.steer}; the answer follows. */
  | { readonly kind: "thoughtEnded" }
  /** The hint of this id stands in the thought from here on. */
  | { readonly kind: "hintTaken"; readonly id: string }
  /** Nothing has come for this long; the request goes on. */
  | { readonly kind: "stalled"; readonly silentMs: number }
  | { readonly kind: "notice"; readonly text: string }
  | { readonly kind: "done"; readonly reason: StopReason; readonly metrics: RunMetrics };

/** What several answers to one prompt are told as. The last event is `done`. */
export type SamplesEvent =
  | Extract<ModelEvent, { kind: "sent" | "loading" | "reading" | "stalled" | "notice" }>
  /** Pieces of text so far, of all answers together. */
  | { readonly kind: "writing"; readonly pieces: number }
  /** An answer is whole. */
  | {
      readonly kind: "sample";
      readonly thought: string;
      readonly answer: string;
      readonly reason: StopReason;
    }
  | { readonly kind: "done"; readonly metrics: RunMetrics };

/** A gap in a text that the model fills in (fill in the middle). */
export interface InfillRequest {
  readonly model: string;
  readonly before: string;
  readonly after: string;
  /** As in every request to the model, see {@link ChatRequest.contextTokens}. */
  readonly contextTokens: number;
  readonly maxTokens: number;
  /** What is filled in ends where one of these texts would begin. */
  readonly stop: readonly string[];
  /** What probably comes back: a server that can reads it at once instead of writing it. */
  readonly likely?: string;
  readonly keepAlive?: number | string;
  readonly allowedCloudModels?: readonly string[];
}

export interface Infilled {
  readonly text: string;
  readonly metrics: RunMetrics;
}

/** What can be done to a thought that goes on. A hint goes in at the end of a sentence. */
export type ThoughtMove =
  | { readonly kind: "endThought" }
  | { readonly kind: "hint"; readonly id: string; readonly text: string };

export interface ModelInfo {
  readonly name: string;
  readonly bytes: number;
  readonly parameterSize?: string;
  /** The architecture, as the daemon names it. */
  readonly family?: string;
  /** Empty when the daemon does not say. */
  readonly capabilities: readonly string[];
  /** The window it was trained for in tokens, where the list tells. */
  readonly contextTokens?: number;
  /** Set when the model runs elsewhere: the host, or "cloud" when only its name says so. */
  readonly remoteHost?: string;
  /**
   * False where nothing tells how a turn of a talk is written for it. Absent: the list does not
   * say.
   */
  readonly hasChatTemplate?: boolean;
}

export interface ModelDetails {
  /** In the words of Ollama: `thinking`, and `insert` for one that {@link LanguageModel.infill}s. */
  readonly capabilities: readonly string[];
  /** The window the model was trained for, in tokens. */
  readonly trainedContextTokens?: number;
  /** Sampling that the model's own parameters name. */
  readonly sampling: SamplingOptions;
  /** The window that the model's own parameters ask for. */
  readonly configuredContextTokens?: number;
  readonly family?: string;
  readonly remoteHost?: string;
  /**
   * True where the output is pooled into one vector or score, as embedding and ranking models do.
   */
  readonly pools?: boolean;
  /**
   * False where nothing tells how a turn of a talk is written for the model. Absent: the daemon
   * does not say.
   */
  readonly hasChatTemplate?: boolean;
  /** How the model writes its thoughts, where its template tells. */
  readonly thoughtForm?: ThoughtForm;
  /** True where a graphics card was to compute and cannot. */
  readonly graphicsFailed?: boolean;
  /** How much it can be told to think, least first; absent where it has no levels. */
  readonly levels?: readonly ThinkingLevel[];
  /** False where the model was not trained to think and is only told to. */
  readonly nativeThinking?: boolean;
  /**
   * Memory that one token of context takes at 16 bits, in bytes, where the model's measures are
   * told.
   */
  readonly cacheBytesPerToken?: number;
}

export interface LoadedModel {
  readonly name: string;
  /** The window that is really allocated, in tokens; absent before daemon 0.10. */
  readonly contextTokens?: number;
  readonly bytes: number;
}

/** `total` and `completed` in bytes, never decreasing, absent before they are known. */
export interface PullProgress {
  readonly status: string;
  readonly completed?: number;
  readonly total?: number;
}

/**
 * What a run needs of whoever runs the model. Every method throws FailureError for what can go
 * wrong, and the signal's own reason when it is aborted. Aborting works at any time, before the
 * first byte too, and closes the connection.
 */
export interface LanguageModel {
  readonly endpoint: string;
  /**
   * What a chat sends first, as far as it is known before a server refuses some of it. Nothing is
   * sent.
   */
  wire(request: ChatRequest, signal: AbortSignal): Promise<WireChat>;
  /**
   * Leaving the loop early closes the connection. The last event is `done`; an answer without it
   * ends in a Failure.
   */
  chat(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void, void>;
  /**
   * How many answers to one prompt may be asked for at once: the server writes as many of them at a
   * time as is fastest. Absent or 1: they come one after the other, each by a {@link chat} of its
   * own.
   */
  readonly together?: number;
  /**
   * Several answers to one prompt, each told when it is whole, in the order in which they end.
   * Leaving the loop ends the others.
   */
  samples?(
    request: SamplesRequest,
    count: number,
    signal: AbortSignal,
  ): AsyncGenerator<SamplesEvent, void, void>;
  /**
   * Fills in a gap as the likeliest text, without a thought. Absent where the server has no such
   * request; a model that was not trained for it is told by its capabilities.
   */
  infill?(request: InfillRequest, signal: AbortSignal): Promise<Infilled>;
  /**
   * Whether the model is in memory now. Absent where the server does not tell: it is then taken to
   * be.
   */
  isLoaded?(model: string, signal: AbortSignal): Promise<boolean>;
  /**
   * Ends or feeds the thought of a chat that goes on, without a new request. Absent where no server
   * does that.
   * @param chatId as in the request.
   * @returns false when it cannot be done here, so that it has to be done by a prefilled turn; true
   * when it will be, or the thought is over already. Never throws.
   */
  steer?(chatId: string, move: ThoughtMove): Promise<boolean>;
  /**
   * The tokens after which the server itself ends the thought of a chat that goes on. Absent or
   * undefined: it does not, and a longer thought has to be ended by another way.
   */
  endsThoughtAfter?(chatId: string): number | undefined;
  /** How the last thought of a model arrived; undefined before there was one. */
  thoughtArrival?(model: string): "field" | "marks" | undefined;
}

/** What the set-up asks of any server, to find a model for a run. */
export interface ModelServer extends LanguageModel {
  list(signal?: AbortSignal): Promise<readonly ModelInfo[]>;
  describe(model: string, signal?: AbortSignal): Promise<ModelDetails>;
  /**
   * Whether the server is known to refuse every model of its cloud. Absent where there is no cloud
   * behind it. Throws nothing but the signal's reason.
   */
  cloudIsOff?(signal: AbortSignal): Promise<boolean>;
}

/** What only a daemon does: it fetches models, and loads and unloads them. */
export interface ModelDaemon extends ModelServer {
  version(signal?: AbortSignal): Promise<string>;
  loaded(signal?: AbortSignal): Promise<readonly LoadedModel[]>;
  pull(model: string, signal: AbortSignal): AsyncGenerator<PullProgress, void, void>;
  /**
   * Loads a model to stay until it is unloaded. @param contextTokens the same as in every request.
   */
  load(model: string, contextTokens: number, signal?: AbortSignal): Promise<void>;
  unload(model: string, signal?: AbortSignal): Promise<void>;
  /** Deletes a model. */
  remove(model: string, signal?: AbortSignal): Promise<void>;
}
