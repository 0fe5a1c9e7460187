import * as vscode from "vscode";
import { count, t } from "../../base/l10n";
import { FailureError } from "../../core/failure-error";
import type { ModelInfo } from "../../core/model/language-model";
import { type Locality, localityOf } from "../../core/model/locality";
import { localityWords } from "../../core/model/locality-words";
import { estimateTokens } from "../../core/prompt/budget/token-estimate";
import type { Connector } from "../../model-setup/connect/connector";
import { mayChat } from "../../model-setup/models/chat-ability";
import { isRemote } from "../../model-setup/models/choose-model";
import { readyIn } from "../../protocol/setup";

/** Unique among all extensions; as in the manifest. */
export const vendor = "thinkaloud";

const listTimeoutMs = 5_000;
/** Said of a model before it is asked, when its window is decided. */
const assumedContextTokens = 8_192;
/** What an answer may take of the window. */
const answerPart = 0.5;

/**
 * Offers the models of the chosen server to the editor's own chat and to other extensions, by the
 * editor's own rules for these.
 */
export class ChatProvider implements vscode.LanguageModelChatProvider, vscode.Disposable {
  readonly #connector: Connector;
  readonly #makeWay: () => void;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #unsubscribe: () => void;
  readonly onDidChangeLanguageModelChatInformation = this.#changed.event;
  #told = "";

  /** @param makeWay called when a model of ours is wanted. */
  constructor(connector: Connector, makeWay: () => void) {
    this.#connector = connector;
    this.#makeWay = makeWay;
    this.#unsubscribe = connector.onSetup((setup) => {
      const ready = readyIn(setup);
      const known = ready === undefined ? "" : `${ready.endpoint} ${ready.model}`;
      if (known === this.#told || known === "") return;
      this.#told = known;
      this.#changed.fire();
    });
  }

  /** Starts nothing and asks nobody anything: what is not there now is not offered now. */
  async provideLanguageModelChatInformation(
    _options: unknown,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelChatInformation[]> {
    const signal = AbortSignal.any([signalOf(token), AbortSignal.timeout(listTimeoutMs)]);
    try {
      const models = await this.#connector.offered(signal);
      return models
        .filter((each) => mayChat(each) && !isRemote(each))
        .map((each) => this.#offer(each));
    } catch {
      // Whoever chooses a model of ours is told why there is none.
      return [];
    }
  }

  async provideLanguageModelChatResponse(
    model: vscode.LanguageModelChatInformation,
    messages: readonly vscode.LanguageModelChatRequestMessage[],
    options: Pick<vscode.ProvideLanguageModelChatResponseOptions, "tools" | "toolMode">,
    progress: vscode.Progress<vscode.LanguageModelResponsePart>,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const { plainMessages, refuseNeededTool, Reporter } = await import("./chat-messages");
    refuseNeededTool(options);
    const signal = signalOf(token);
    this.#makeWay();
    try {
      const connection = await this.#connector.connectTo(model.id, signal);
      const { name, contextTokens, think, keepAlive, allowedCloudModels } = connection;
      const request = {
        model: name,
        messages: plainMessages(messages, options),
        contextTokens,
        think,
        keepAlive,
        allowedCloudModels,
        sampling: {},
      };
      const reporter = new Reporter(progress);
      for await (const event of connection.model.chat(request, signal)) reporter.tell(event);
      reporter.end(name);
    } catch (thrown) {
      // Whoever cancelled does not wait for a reason.
      if (token.isCancellationRequested) return;
      if (!(thrown instanceof FailureError)) throw thrown;
      const { describeFailure } = await import("../../core/describe-failure");
      const { title, remedy } = describeFailure(thrown.failure);
      throw new Error(`${title}. ${remedy}`, { cause: thrown });
    }
  }

  async provideTokenCount(
    _model: vscode.LanguageModelChatInformation,
    text: string | vscode.LanguageModelChatRequestMessage,
  ): Promise<number> {
    if (typeof text === "string") return estimateTokens(text);
    const { textOf } = await import("./chat-messages");
    return estimateTokens(textOf(text));
  }

  dispose(): void {
    this.#unsubscribe();
    this.#changed.dispose();
  }

  #offer(model: ModelInfo): vscode.LanguageModelChatInformation {
    const endpoint = readyIn(this.#connector.setup)?.endpoint ?? "";
    const contextTokens = model.contextTokens ?? assumedContextTokens;
    const maxOutputTokens = Math.floor(contextTokens * answerPart);
    return {
      id: model.name,
      name: model.name,
      family: model.family ?? model.name,
      version: model.parameterSize ?? "",
      detail: localityWords(localityAt(endpoint)),
      tooltip: t(
        "{0}, window {1}, by way of Thinkaloud; answers in words and calls no tools",
        model.name,
        count(contextTokens),
      ),
      maxInputTokens: contextTokens - maxOutputTokens,
      maxOutputTokens,
      // The chat lists no other model, not even for a participant that needs no tool, and then
      // refuses every message. A model is told that it has none of the tools that go along.
      capabilities: { toolCalling: true },
    };
  }
}

/** The built-in engine has no address. */
function localityAt(endpoint: string): Locality {
  return URL.canParse(endpoint) ? localityOf(endpoint) : "thisMachine";
}

/** A signal that follows a token of the editor. */
function signalOf(token: vscode.CancellationToken): AbortSignal {
  const stop = new AbortController();
  const abort = (): void => stop.abort(new vscode.CancellationError());
  if (token.isCancellationRequested) abort();
  else token.onCancellationRequested(abort);
  return stop.signal;
}
