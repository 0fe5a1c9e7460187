import { defined } from "../base/defined";
import { defaultTryLimits, type TryLimits } from "../core/run/checker";
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
  readonly write: boolean;
  readonly json: boolean;
  /** Absent: nothing of the project is run. */
  readonly check?: {
    /** A command of the person's own for the tests, word by word. */
    readonly testWords?: readonly [string, ...string[]];
    readonly tries: TryLimits;
  };
}

export const usage = `usage: npm run fix -- FILE[:LINE] [--model MODEL] [--endpoint URL] [--ask TEXT] [--write] [--json]
                       [--check auto|off] [--test "COMMAND WORDS"] [--tries N] [--seconds S]

Asks the model for a fix of FILE (near LINE). The reasoning goes to standard error, the change as a diff to standard output.
  --model MODEL    the model's name on its server (default: the best reasoning model there is)
  --endpoint URL   this server and no other, Ollama or one that speaks OpenAI's API; a key for it is taken from THINKALOUD_API_KEY
                   (default: Ollama at OLLAMA_HOST, else at http://127.0.0.1:11434, else the built-in engine)
  --ask TEXT       ask for TEXT instead of a fix
  --write          write the change into the file
  --json           print the run's events, one JSON object a line, instead of the diff
  --check auto     run the documented examples of FILE and its nearest tests, in a copy, before and after the change,
                   and ask again while they fail (default: off, nothing of the project is run)
  --test "CMD"     run this instead of the nearest tests; its words are taken as they are, no shell reads them
  --tries N        ask the model at most N times (default: ${defaultTryLimits.tries}; with --check or --test)
  --seconds S      begin no other try after S seconds (default: ${defaultTryLimits.seconds}; with --check or --test)
Exit code: 0 with a change, 1 without one, 2 when something failed, 3 with a change that makes something worse that was
checked (--write does not write it), 130 when stopped with Ctrl+C.
npm prints two lines of its own first; \`npm run -s fix\` leaves them out.`;

const valued = [
  ...(["--model", "--endpoint", "--ask"] as const),
  ...(["--check", "--test", "--tries", "--seconds"] as const),
];
/** FILE, FILE:LINE, or FILE:LINE:COLUMN as compilers write it. A Windows path holds a colon too, so only digits are a line. */
const place = /^(.+?)(?::(\d+)(?::\d+)?)?$/s;

/** @returns the arguments, `help`, or a sentence that says what is wrong with them. */
export function parseArguments(words: readonly string[]): CliArguments | string {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const files: string[] = [];
  let onlyFiles = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    const [name = "", ...rest] = word.split("=");
    if (onlyFiles || word === "-" || !word.startsWith("-")) {
      files.push(word);
    } else if (word === "--") {
      onlyFiles = true;
    } else if (word === "--help" || word === "-h") {
      return "help";
    } else if (valued.some((option) => option === name)) {
      const next = words[index + 1];
      const value = word.includes("=") ? rest.join("=") : next?.startsWith("--") ? undefined : next;
      if (value === undefined || value.trim() === "") return `${name} needs a value`;
      if (!word.includes("=")) index++;
      values.set(name, value);
    } else if (word === "--write" || word === "--json") {
      flags.add(word);
    } else {
      return `${word} is not an option`;
    }
  }
  const [file = ""] = files;
  if (files.length > 1) return "name one file only";
  const match = place.exec(file);
  if (match?.[1] === undefined) return "name a file";
  const line = match[2] === undefined ? undefined : Number(match[2]) - 1;
  if (line !== undefined && line < 0) return "lines count from 1";
  const check = checkOf(values);
  if (typeof check === "string") return check;
  const model = values.get("--model");
  const endpoint = values.get("--endpoint");
  const ask = values.get("--ask");
  return {
    file: match[1],
    ...defined({ line, model, endpoint, ask, check }),
    write: flags.has("--write"),
    json: flags.has("--json"),
  };
}

function checkOf(values: ReadonlyMap<string, string>): CliArguments["check"] | string {
  const mode = values.get("--check");
  const test = values.get("--test");
  if (mode !== undefined && mode !== "auto" && mode !== "off") return "--check is auto or off";
  if (mode === "off" && test !== undefined) return "--test needs --check auto";
  const isOn = mode === "auto" || test !== undefined;
  const tries = countOf(values, "--tries", 1);
  const seconds = countOf(values, "--seconds", 0);
  if (typeof tries === "string") return tries;
  if (typeof seconds === "string") return seconds;
  if (!isOn) {
    return tries === undefined && seconds === undefined
      ? undefined
      : "--tries and --seconds need --check auto or --test";
  }
  const [command, ...words] = test === undefined ? [] : (splitWords(test) ?? []);
  if (test !== undefined && command === undefined) return "--test needs a command";
  return {
    ...(command === undefined ? {} : { testWords: [command, ...words] as const }),
    tries: { ...defaultTryLimits, ...defined({ tries, seconds }) },
  };
}

function countOf(
  values: ReadonlyMap<string, string>,
  name: "--tries" | "--seconds",
  least: number,
): number | undefined | string {
  const text = values.get(name);
  if (text === undefined) return undefined;
  return /^\d{1,5}$/.test(text) && Number(text) >= least
    ? Number(text)
    : `${name} needs a whole number from ${least} on`;
}
