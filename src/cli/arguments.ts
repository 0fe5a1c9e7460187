import { defined } from "../base/defined";
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
}

export const usage = `usage: npm run fix -- FILE[:LINE] [--model MODEL] [--endpoint URL] [--ask TEXT] [--write] [--json]

Asks the model for a fix of FILE (near LINE). The reasoning goes to standard error, the change as a diff to standard output.
  --model MODEL    the model's name on its server (default: the best reasoning model there is)
  --endpoint URL   this server and no other, Ollama or one that speaks OpenAI's API; a key for it is taken from THINKALOUD_API_KEY
                   (default: Ollama at OLLAMA_HOST, else at http://127.0.0.1:11434, else the built-in engine)
  --ask TEXT       ask for TEXT instead of a fix
  --write          write the change into the file
  --json           print the run's events, one JSON object a line, instead of the diff
Exit code: 0 with a change, 1 without one, 2 when something failed, 130 when stopped with Ctrl+C.
npm prints two lines of its own first; \`npm run -s fix\` leaves them out.`;

const valued = ["--model", "--endpoint", "--ask"] as const;
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
  const model = values.get("--model");
  const endpoint = values.get("--endpoint");
  const ask = values.get("--ask");
  return {
    file: match[1],
    ...defined({ line, model, endpoint, ask }),
    write: flags.has("--write"),
    json: flags.has("--json"),
  };
}
