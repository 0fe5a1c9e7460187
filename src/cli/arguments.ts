import { parseArgs } from "node:util";
import { defined } from "../base/defined";
import { t } from "../base/l10n";
import { defaultExtraTokens } from "../core/prompt/budget/extra-tokens";
import {
  defaultGreenLimits,
  defaultTryLimits,
  type GreenLimits,
  type TryLimits,
} from "../core/run/checks/checker";
import { splitWords } from "./split-words";

/** What `npm run fix` was asked for. */
export interface CliArguments {
  readonly file: string;
  /** Zero-based; absent when the whole file is meant. */
  readonly line?: number;
  readonly model?: string;
  readonly endpoint?: string;
  /** The person's own request instead of "fix the bug". */
  readonly ask?: string;
  /** What is wrong, in the person's words. */
  readonly problem?: string;
  readonly write: boolean;
  /**
   * Files that `--write` may change although what stands in them is run or steers other programs.
   */
  readonly guarded: readonly string[];
  readonly json: boolean;
  /** Tokens of other files that may go along without being named; absent: the usual number. */
  readonly contextTokens?: number;
  /** Absent: nothing of the project is run. */
  readonly check?: {
    /** A command of the person's own for the tests, word by word. */
    readonly testWords?: readonly [string, ...string[]];
    readonly tries: TryLimits;
    /** Goes on in rounds until all passes. */
    readonly untilGreen?: GreenLimits;
  };
}

/** What is shown for `--help`, and behind what is wrong with the arguments. */
export function usage(): string {
  const options = [
    [
      "--model MODEL",
      t("the model's name on its server (default: the best reasoning model there is)"),
    ],
    [
      "--endpoint URL",
      t(
        "this server and no other, Ollama or one that speaks OpenAI's API; a key for it is taken from THINKALOUD_API_KEY (default: Ollama at OLLAMA_HOST, else at http://127.0.0.1:11434, else the built-in engine)",
      ),
    ],
    ["--problem TEXT", t("what is wrong, in your words: the model reads it with the code")],
    ["--ask TEXT", t("ask for TEXT instead of a fix")],
    [
      "--context N",
      t(
        "show the model at most N tokens of other files that FILE uses; 0: of FILE alone (default: {0}); name one with @file:PATH in TEXT",
        defaultExtraTokens,
      ),
    ],
    [
      "--write",
      t("write the change into the file, or into all of its files; into none when one cannot be"),
    ],
    [
      "--guarded PATH",
      t(
        "let --write change PATH too although it is guarded (settings of editors, hooks, build servers, shells); for each such file",
      ),
    ],
    ["--json", t("print the run's events, one JSON object a line, instead of the diff")],
    [
      "--check auto",
      t(
        "run the documented examples of FILE and its nearest tests, or else its compiler, in a copy, before and after the change, and ask again while they fail (default: off, nothing of the project is run)",
      ),
    ],
    [
      '--test "CMD"',
      t(
        "run this instead of the nearest tests; its words are taken as they are, no shell reads them",
      ),
    ],
    [
      "--until-green",
      t(
        "fix what fails of these, also in files that FILE or its tests lead to, in rounds: what makes fewer fail is kept, and the next round goes on from there (as if with --check auto)",
      ),
    ],
    [
      "--rounds N",
      t("at most N rounds (default: {0}; with --until-green)", defaultGreenLimits.rounds),
    ],
    [
      "--tries N",
      t(
        "ask the model at most N times (default: {0}; with --check or --test), or N times a round (default: {1}; with --until-green)",
        defaultTryLimits.tries,
        defaultGreenLimits.tries,
      ),
    ],
    [
      "--seconds S",
      t(
        "begin no other try S seconds after the first answer (default: {0}; with --check or --test), or after S seconds (default: {1}; with --until-green)",
        defaultTryLimits.seconds,
        defaultGreenLimits.seconds,
      ),
    ],
  ];
  return [
    `${t("usage:")} npm run fix -- FILE[:LINE] [--model MODEL] [--endpoint URL] [--problem TEXT | --ask TEXT]`,
    "                       [--context N] [--json] [--write [--guarded PATH]]",
    '                       [--check auto|off] [--test "COMMAND WORDS"] [--tries N] [--seconds S]',
    "                       [--until-green [--rounds N]]",
    "",
    t(
      "Asks the model for a fix of FILE (near LINE). The reasoning goes to standard error, the change as a diff to standard output.",
    ),
    ...options.map(([option = "", words = ""]) => optionLines(option, words)),
    ...wrapped(
      t(
        "Exit code: 0 with a change, 1 without one, 2 when something failed, 3 with a change that makes something worse that was checked (--write does not write it), 4 with a change after which less fails, but not nothing (--until-green), 130 when stopped with Ctrl+C.",
      ),
      lineWidth,
    ),
    t("npm prints two lines of its own first; `npm run -s fix` leaves them out."),
  ].join("\n");
}

const lineWidth = 120;
const optionWidth = 17;

function optionLines(option: string, words: string): string {
  const lines = wrapped(words, lineWidth - optionWidth - 2);
  return lines
    .map((line, at) => `  ${(at === 0 ? option : "").padEnd(optionWidth)}${line}`)
    .join("\n");
}

/** The words in lines of at most so many characters. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let [line = "", ...words] = text.split(" ");
  for (const word of words) {
    if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const options: Readonly<Record<string, typeof text | (typeof flag & { readonly short?: "h" })>> = {
  ...{ model: text, endpoint: text, problem: text, ask: text, context: text, guarded: text },
  ...{ check: text, test: text, tries: text, seconds: text, rounds: text },
  ...{ write: flag, json: flag, "until-green": flag },
  ...{ help: { ...flag, short: "h" } },
};
/**
 * FILE, FILE:LINE, or FILE:LINE:COLUMN as compilers write it. A Windows path holds a colon too, so
 * only digits are a line.
 */
const place = /^(.+?)(?::(\d+)(?::\d+)?)?$/s;

/** @returns the arguments, `help`, or a sentence that says what is wrong with them. */
export function parseArguments(words: readonly string[]): CliArguments | string {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const guarded: string[] = [];
  const files: string[] = [];
  const args = [...words];
  // Not strict: what is wrong is told in our own words.
  const { tokens } = parseArgs({
    args,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === "positional") files.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    const type = Object.hasOwn(options, name) ? options[name]?.type : undefined;
    if (type === undefined || (type === "boolean" && value !== undefined))
      return t("{0} is not an option", words[token.index] ?? rawName);
    if (name === "help") return "help";
    if (type === "boolean") {
      flags.add(rawName);
      continue;
    }
    const isNext = !inlineValue && value?.startsWith("--");
    if (value === undefined || isNext || value.trim() === "")
      return t("{0} needs a value", rawName);
    if (name === "guarded") guarded.push(value);
    else values.set(rawName, value);
  }
  const [file = ""] = files;
  if (files.length > 1) return t("name one file only");
  const match = place.exec(file);
  if (match?.[1] === undefined) return t("name a file");
  const line = match[2] === undefined ? undefined : Number(match[2]) - 1;
  if (line !== undefined && line < 0) return t("lines count from 1");
  if (guarded.length > 0 && !flags.has("--write")) return t("--guarded needs --write");
  const check = checkOf(values, flags.has("--until-green"));
  if (typeof check === "string") return check;
  const contextTokens = countOf(values, "--context", 0);
  if (typeof contextTokens === "string") return contextTokens;
  const model = values.get("--model");
  const endpoint = values.get("--endpoint");
  const ask = values.get("--ask");
  const problem = values.get("--problem");
  if (ask !== undefined && problem !== undefined) return t("--problem or --ask, not both");
  return {
    file: match[1],
    ...defined({ line, model, endpoint, ask, problem, check, contextTokens }),
    write: flags.has("--write"),
    guarded,
    json: flags.has("--json"),
  };
}

function checkOf(
  values: ReadonlyMap<string, string>,
  untilGreen: boolean,
): CliArguments["check"] | string {
  const mode = values.get("--check");
  const test = values.get("--test");
  if (mode !== undefined && mode !== "auto" && mode !== "off") return t("--check is auto or off");
  if (mode === "off" && test !== undefined) return t("--test needs --check auto");
  if (mode === "off" && untilGreen) return t("--until-green needs --check auto");
  const isOn = mode === "auto" || test !== undefined || untilGreen;
  const tries = countOf(values, "--tries", 1);
  const seconds = countOf(values, "--seconds", 0);
  const rounds = countOf(values, "--rounds", 1);
  if (typeof tries === "string") return tries;
  if (typeof seconds === "string") return seconds;
  if (typeof rounds === "string") return rounds;
  if (rounds !== undefined && !untilGreen) return t("--rounds needs --until-green");
  if (!isOn) {
    return tries === undefined && seconds === undefined
      ? undefined
      : t("--tries and --seconds need --check auto or --test");
  }
  const [command, ...words] = test === undefined ? [] : (splitWords(test) ?? []);
  if (test !== undefined && command === undefined) return t("--test needs a command");
  return {
    ...(command === undefined ? {} : { testWords: [command, ...words] as const }),
    tries: { ...defaultTryLimits, ...defined({ tries, seconds }) },
    ...(untilGreen
      ? { untilGreen: { ...defaultGreenLimits, ...defined({ tries, seconds, rounds }) } }
      : {}),
  };
}

function countOf(
  values: ReadonlyMap<string, string>,
  name: "--tries" | "--seconds" | "--rounds" | "--context",
  least: number,
): number | undefined | string {
  const text = values.get(name);
  if (text === undefined) return undefined;
  return /^\d{1,5}$/.test(text) && Number(text) >= least
    ? Number(text)
    : t("{0} needs a whole number from {1} on", name, least);
}
