import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import { Language, Parser, type Tree } from "@vscode/tree-sitter-wasm";
import type { LanguageRules } from "./language-rules";
import { parsedLanguage } from "./languages/languages";

/**
 * Where the WebAssembly files are: a folder with NAME.wasm.br for each grammar and
 * tree-sitter.wasm.br, or a function from such a name (`python`, `tree-sitter`) to the file's path.
 * What ends with `.br` is packed with Brotli.
 */
export type GrammarFiles = string | ((name: string) => string);

/**
 * Longer texts are generated or data; a tree of them would cost more memory and time than it is
 * worth.
 */
const maxTextLength = 2_000_000;
/**
 * A pathological text must not hold up everyone else in the process: a sound one takes about one
 * microsecond for a character, one in which every line is an error a hundred. Processor time: a
 * busy machine makes no sound text pathological.
 */
const leastParseMicroseconds = 200_000;
const parseMicrosecondsPerCharacter = 2;

/** A language that can be parsed. */
export class Grammar {
  readonly #parser = new Parser();

  constructor(
    language: Language,
    readonly rules: LanguageRules,
  ) {
    this.#parser.setLanguage(language);
  }

  /**
   * The tree of a text, to be freed with `delete()` by the caller. With `edited`, the tree of an
   * older text on which the edits since were marked, only what changed is read again; that tree
   * still has to be freed. Undefined for a text that is too long or takes too long.
   */
  parse(text: string, edited?: Tree): Tree | undefined {
    if (text.length > maxTextLength) return undefined;
    const most = leastParseMicroseconds + text.length * parseMicrosecondsPerCharacter;
    const start = process.cpuUsage();
    const startMs = performance.now();
    // Asked thousands of times, and the processor's time costs much more to ask for than the
    // clock's, which is never behind it.
    const isLate = (): boolean =>
      performance.now() - startMs > most / 1_000 && process.cpuUsage(start).user > most;
    const tree = this.#parser.parse(text, edited ?? null, { progressCallback: isLate });
    if (tree === null) this.#parser.reset();
    return tree ?? undefined;
  }
}

const unpacked = promisify(brotliDecompress);

async function readWasm(path: string): Promise<Buffer> {
  const bytes = await readFile(path);
  return path.endsWith(".br") ? await unpacked(bytes) : bytes;
}

/** There is a grammar for the language, and it cannot be loaded. */
export class GrammarError extends Error {}

/** The runtime is one per process, whoever asks. */
let runtime: Promise<void> | undefined;

function startRuntime(path: string): Promise<void> {
  runtime ??= readWasm(path)
    .then((wasmBinary) => {
      const options = { locateFile: () => path, wasmBinary };
      return Parser.init(options);
    })
    .catch((thrown: unknown) => {
      runtime = undefined;
      throw thrown;
    });
  return runtime;
}

/** Grammars by language id, each loaded on first use and kept. */
export class Grammars {
  readonly #loading = new Map<string, Promise<Grammar | undefined>>();
  readonly #pathOf: (name: string) => string;
  readonly #warn: (message: string) => void;

  constructor(files: GrammarFiles, warn: (message: string) => void = () => {}) {
    this.#warn = warn;
    this.#pathOf = typeof files === "string" ? (name) => join(files, `${name}.wasm.br`) : files;
  }

  /**
   * Undefined for a language without a grammar. Rejects each time with GrammarError, and warns
   * once, when there is one that cannot be loaded.
   */
  load(languageId: string): Promise<Grammar | undefined> {
    const language = parsedLanguage(languageId);
    if (language === undefined) return Promise.resolve(undefined);
    const known = this.#loading.get(language.grammar);
    if (known !== undefined) return known;
    const loading = this.#read(language.grammar, language.rules).catch((thrown: unknown) => {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      const message = `The ${language.grammar} grammar could not be loaded (${why})`;
      this.#warn(message);
      throw new GrammarError(message, { cause: thrown });
    });
    this.#loading.set(language.grammar, loading);
    return loading;
  }

  async #read(name: string, rules: LanguageRules): Promise<Grammar> {
    const bytes = readWasm(this.#pathOf(name));
    // The runtime may fail first; the bytes must not become an unhandled rejection then.
    bytes.catch(() => {});
    await startRuntime(this.#pathOf("tree-sitter"));
    return new Grammar(await Language.load(await bytes), rules);
  }
}
