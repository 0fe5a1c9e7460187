import { CancellationTokenSource } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { untilAborted } from "../../base/abort";
import type { SyntaxSource } from "../../core/run/syntax-source";
import type { Target } from "../../protocol/document";
import {
  type SyntaxContextResult,
  serverRequests,
  type TextContextParams,
  type TextContextResult,
  type TextSyntaxResult,
} from "../../protocol/language-server";
import type { SymbolInfo, SyntaxCheck, SyntaxContext } from "../../protocol/syntax";
import { TextAnswers } from "../../session/syntax/text-answers";
import type { SyntaxClientOptions } from "./new-client";

/**
 * `down`: the server died, or could not be started; requests are refused at once until it is back.
 */
export type SyntaxState = "starting" | "running" | "down";

/**
 * How long to wait before the server is started again; after as many deaths in a row it stays down.
 */
const restartPausesMs = [500, 1_000, 2_000, 5_000, 10_000];
/** A server that ran this long has its earlier deaths forgiven. */
const soundRunMs = 120_000;
/**
 * A request right after activation waits for the server this long; the assistant can do without it.
 */
const startWaitMs = 1_500;
const answerTimeoutMs = 4_000;

/**
 * The language server's other end: keeps it running, and asks it what the assistant needs to know
 * of the syntax.
 */
export class SyntaxClient implements SyntaxSource {
  readonly #options: SyntaxClientOptions;
  readonly #answers = new TextAnswers((params) =>
    this.#ask<TextSyntaxResult>(serverRequests.textSyntax, params),
  );
  readonly #listeners = new Set<(state: SyntaxState) => void>();
  #client: LanguageClient | undefined;
  #state: SyntaxState = "starting";
  #deaths = 0;
  #restart: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(options: SyntaxClientOptions) {
    this.#options = options;
  }

  get state(): SyntaxState {
    return this.#state;
  }

  /** The listener hears every change from now on; returns what takes it back. */
  onState(listener: (state: SyntaxState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Settles when the server runs, or when the first attempt failed; further attempts follow by
   * themselves. Never rejects.
   */
  async start(): Promise<void> {
    if (this.#disposed || this.#client !== undefined) return;
    this.#become("starting");
    const { newClient } = await import("./new-client");
    // Meanwhile the window may have been closed, or another caller have been faster.
    if (this.#disposed || this.#client !== undefined) return;
    const startedAt = Date.now();
    let ended = false;
    const end = (why: string): void => {
      if (ended) return;
      ended = true;
      this.#ended(client, Date.now() - startedAt, why);
    };
    // One client for one life of the server: its own restart keeps the features of the dead one
    // registered while it waits.
    const client = newClient(this.#options, () => end("its process ended"));
    this.#client = client;
    try {
      await client.start();
      if (!ended) this.#become("running");
    } catch (thrown) {
      end(thrown instanceof Error ? thrown.message : String(thrown));
    }
  }

  /** Ends the server's process. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    clearTimeout(this.#restart);
    const client = this.#client;
    this.#client = undefined;
    this.#become("down");
    this.#listeners.clear();
    await quietly(client);
  }

  async context(target: Target, signal?: AbortSignal): Promise<SyntaxContext | undefined> {
    const found = await this.#answers.context(target, (params) =>
      this.#ask<SyntaxContextResult>(serverRequests.syntaxContext, params, signal),
    );
    if (found !== undefined) return found;
    // The document is not synchronised, or went on since the target was taken: what counts is the
    // text that the person asked about.
    const byText: TextContextParams = {
      languageId: target.languageId,
      text: target.text,
      range: target.range,
    };
    return (
      (await this.#ask<TextContextResult>(serverRequests.textContext, byText, signal)) ?? undefined
    );
  }

  async outline(languageId: string, text: string): Promise<readonly SymbolInfo[] | undefined> {
    return (await this.#answers.read(languageId, text))?.outline;
  }

  async check(languageId: string, text: string): Promise<SyntaxCheck | undefined> {
    return (await this.#answers.read(languageId, text))?.check;
  }

  #ended(client: LanguageClient, livedMs: number, why: string): void {
    if (this.#disposed || this.#client !== client) return;
    this.#client = undefined;
    this.#become("down");
    // The client is in the middle of its own closing here.
    setTimeout(() => void quietly(client), 0);
    if (livedMs >= soundRunMs) this.#deaths = 0;
    const pauseMs = restartPausesMs[this.#deaths++];
    if (pauseMs === undefined) {
      this.#options.log.error(
        `The language server is down for good (${why}). Reload the window to start it again.`,
      );
      return;
    }
    this.#options.log.warn(
      `The language server is down (${why}). It is started again in ${pauseMs} ms.`,
    );
    this.#restart = setTimeout(() => void this.start(), pauseMs);
  }

  #become(state: SyntaxState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }

  async #ask<Result>(method: string, params: object, signal?: AbortSignal): Promise<Result> {
    signal?.throwIfAborted();
    if (this.#state === "starting") await this.#settled(signal);
    const client = this.#client;
    if (client === undefined || this.#state !== "running")
      throw new Error("The language server is not running");
    const cancel = new CancellationTokenSource();
    const answer = client.sendRequest<Result>(method, params, cancel.token);
    try {
      return await within(answer, answerTimeoutMs, signal);
    } catch (thrown) {
      cancel.cancel();
      throw thrown;
    } finally {
      cancel.dispose();
    }
  }

  /** Waits a little for a server that is being started. */
  async #settled(signal?: AbortSignal): Promise<void> {
    let stop = (): unknown => undefined;
    const change = new Promise<void>((resolve) => {
      stop = this.onState(() => resolve());
    });
    try {
      await within(change, startWaitMs, signal);
    } finally {
      stop();
    }
  }
}

/** Rejects when the time is over, or with the signal's reason when it is aborted. */
async function within<Result>(
  answer: Promise<Result>,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Result> {
  const silence = new AbortController();
  const timer = setTimeout(
    () => silence.abort(new Error(`the language server was silent for ${timeoutMs} ms`)),
    timeoutMs,
  );
  try {
    return await untilAborted(
      answer,
      signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal]),
    );
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A client whose server is gone complains when it is disposed; there is nothing left to do about
 * it.
 */
async function quietly(client: LanguageClient | undefined): Promise<void> {
  try {
    await client?.dispose();
  } catch {
    // Its process has ended already.
  }
}
