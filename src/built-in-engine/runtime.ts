import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * The part of `node-llama-cpp` that the engine uses. The library is installed on first need, so its
 * own types are not at hand.
 */
export type Token = number;

export interface SamplingOptions {
  readonly temperature?: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly minP?: number;
  readonly seed?: number;
  readonly repeatPenalty?: {
    readonly penalty: number;
    readonly maxPunishTokens: number;
    readonly punishTokens: readonly Token[];
  };
}

export interface AskedNext {
  readonly generateNext: {
    readonly token: true;
    readonly options: SamplingOptions;
    /** The logits of so many, as they are after sampling's options were applied. */
    readonly logits?: {
      readonly filter: { readonly tokens: readonly Token[]; readonly includeTop: number };
    };
  };
}

/** What was asked for. */
export interface NextToken {
  readonly token?: Token | null;
  /** The highest first. */
  readonly logits?: ReadonlyMap<Token, number>;
}

export interface LlamaSequence {
  /** Its place among those of the context. Not part of the library's published interface. */
  readonly _sequenceId?: number;
  readonly nextTokenIndex: number;
  readonly contextSize: number;
  /**
   * What was read can only be cut where it was noted down: what is behind that has to be read
   * again.
   */
  readonly needsCheckpoints: boolean;
  compareContextTokens(tokens: readonly Token[]): { readonly firstDifferentIndex: number };
  eraseContextTokenRanges(
    ranges: readonly { readonly start: number; readonly end: number }[],
  ): Promise<void>;
  clearHistory(): Promise<void>;
  /**
   * Takes over what another sequence of the context has read, up to a token. Not part of the
   * library's published interface, so that it may be gone one day: what is missing then is read in
   * the ordinary way.
   */
  _copyStateFromOtherSequence?(other: LlamaSequence, upToTokenIndex: number): Promise<boolean>;
  evaluateWithoutGeneratingNewTokens(
    tokens: readonly Token[],
    options?: { readonly evaluationPriority: number },
  ): Promise<void>;
  /** For each token that asks for it, what the model chooses to come next. */
  controlledEvaluate(
    input: readonly (Token | readonly [Token, AskedNext])[],
    options?: { readonly evaluationPriority: number },
  ): Promise<readonly ({ readonly next: NextToken } | undefined)[]>;
}

/** Tokens of one window that wait for a step. */
export interface BatchItem {
  readonly tokens: readonly Token[];
  readonly evaluationPriority: number;
}

/** Puts a step of at most so many tokens together of what waits. */
export type StepOrder = <Item extends BatchItem>(waiting: {
  readonly items: readonly Item[];
  readonly size: number;
}) => { readonly item: Item; readonly processAmount: number }[];

export interface LlamaContext {
  readonly contextSize: number;
  getSequence(): LlamaSequence;
  dispose(): Promise<void>;
}

export interface LlamaModel {
  tokenize(text: string, specialTokens?: boolean, options?: "trimLeadingSpace"): Token[];
  detokenize(
    tokens: readonly Token[],
    specialTokens?: boolean,
    lastTokens?: readonly Token[],
  ): string;
  isEogToken(token: Token): boolean;
  readonly tokens: {
    readonly bos: Token | null;
    readonly eosString: string | null;
    readonly shouldPrependBosToken: boolean;
    /** Marks for filling in a gap; null where the model has none. */
    readonly infill: {
      readonly prefix: Token | null;
      readonly middle: Token | null;
      readonly suffix: Token | null;
    };
  };
  createContext(options: {
    readonly contextSize: number;
    readonly sequences: number;
    readonly threads: { readonly ideal: number; readonly min: number };
    readonly batchSize: number;
    readonly flashAttention: boolean;
    readonly swaFullCache: boolean;
    readonly batching: { readonly itemPrioritizationStrategy: StepOrder };
    readonly createSignal: AbortSignal;
  }): Promise<LlamaContext>;
  dispose(): Promise<void>;
}

export interface Llama {
  readonly gpu: string | false;
  loadModel(options: {
    readonly modelPath: string;
    readonly vocabOnly?: boolean;
    readonly gpuLayers?: "auto" | number;
    readonly loadSignal?: AbortSignal;
    readonly onLoadProgress?: (fraction: number) => void;
  }): Promise<LlamaModel>;
  dispose(): Promise<void>;
}

interface JinjaTemplate {
  render(values: Record<string, unknown>): string;
}

export interface Runtime {
  readonly llama: Llama;
  readonly threads: number;
  /** A build for the graphics card is there, and computes on the processor all the same. */
  readonly graphicsFailed: boolean;
  readonly Template: new (source: string) => JinjaTemplate;
}

interface LibraryModule {
  getLlama(options: {
    readonly gpu: "auto" | false;
    readonly build: "never";
    readonly skipDownload: true;
    readonly maxThreads: number;
    readonly progressLogs: false;
    readonly logLevel: "error";
    readonly logger: (level: string, message: string) => void;
  }): Promise<Llama>;
}

/**
 * Builds for the graphics card that were installed beside the processor's, on purpose: then they
 * are used.
 */
export function hasGraphicsBuild(runtimeFolder: string): boolean {
  const builds = join(runtimeFolder, "node_modules", "@node-llama-cpp");
  const names = [
    `${process.platform}-${process.arch}-cuda`,
    `${process.platform}-${process.arch}-vulkan`,
  ].map((name) => name.replace("win32", "win"));
  return process.platform === "darwin"
    ? process.arch === "arm64"
    : names.some((name) => existsSync(join(builds, name)));
}

/**
 * Loads the inference library from the folder it was installed into. It is an ES module and stays
 * unbundled.
 *
 * @param threads as many as there are real cores: with more than that the library's own scheduling
 * starves.
 * @param log gets the native library's error lines, which never hold prompt text.
 * @throws Error when the library is not there or does not fit the machine.
 */
export async function loadRuntime(
  runtimeFolder: string,
  threads: number,
  log: (line: string) => void,
): Promise<Runtime> {
  const modules = join(runtimeFolder, "node_modules");
  const library = (await import(
    pathToFileURL(join(modules, "node-llama-cpp", "dist", "index.js")).href
  )) as LibraryModule;
  const jinja = (await import(
    pathToFileURL(join(modules, "@huggingface", "jinja", "dist", "index.js")).href
  )) as Pick<Runtime, "Template">;
  const isForGraphics = hasGraphicsBuild(runtimeFolder);
  const llama = await library.getLlama({
    gpu: isForGraphics ? "auto" : false,
    build: "never",
    skipDownload: true,
    maxThreads: threads,
    progressLogs: false,
    logLevel: "error",
    logger: (level, message) => log(`${level}: ${message.trim()}`),
  });
  const graphicsFailed = isForGraphics && llama.gpu === false;
  if (graphicsFailed) log("the graphics card cannot be used, the processor computes");
  return { llama, threads, graphicsFailed, Template: jinja.Template };
}
