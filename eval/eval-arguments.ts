import { parseVariant, plainVariant, type Variant } from "./variant";

export interface EvalArguments {
  readonly model?: string;
  readonly endpoint?: string;
  /** `own`, or `quixbugs` with the folder of a checkout. */
  readonly suite: { readonly name: string; readonly folder?: string };
  readonly limit: number;
  /** Only cases whose names hold this. */
  readonly only?: string;
  /** Only cases whose bug is seen in one file, or only those for which another is needed. */
  readonly files?: "one" | "several";
  readonly variants: readonly Variant[];
  readonly out?: string;
  readonly fresh: boolean;
}

export const evalUsage = `usage: npm run eval -- [--model MODEL] [--endpoint URL] [--suite own|quixbugs=PATH] [--limit N] [--only WORDS] [--files one|several]
                       [--variant A [--variant B]] [--out FOLDER] [--fresh]

Has a model fix small real bugs, each in a copy, and runs their tests. Writes results as JSON and Markdown; goes on where it stopped.
A variant: context=one-file|pieces|TOKENS, checks=off|auto, tries=N, seconds=N, tests=hidden|shown, told=nothing|title; several with commas between.`;

/**
 * @returns the arguments, or a sentence that says what is wrong with them; "" for a call that wants
 * the usage.
 */
export function parseEvalArguments(words: readonly string[]): EvalArguments | string {
  const values = new Map<string, string[]>();
  let fresh = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const [name = "", ...rest] = word.split("=");
    if (word === "--help" || word === "-h") return "";
    if (word === "--fresh") {
      fresh = true;
      continue;
    }
    if (!/^--(?:model|endpoint|suite|limit|only|files|variant|out)$/.test(name))
      return `${word} is not an option`;
    const value = word.includes("=") ? rest.join("=") : words[++at];
    if (value === undefined || value === "" || value.startsWith("--"))
      return `${name} needs a value`;
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  const last = (name: string): string | undefined => values.get(name)?.at(-1);
  const variants: Variant[] = [];
  for (const text of values.get("--variant") ?? []) {
    const variant = parseVariant(text);
    if (typeof variant === "string") return variant;
    variants.push(variant);
  }
  if (new Set(variants.map(({ name }) => name)).size < variants.length)
    return "the variants are the same";
  const [suite = "own", folder] = (last("--suite") ?? "own").split(/=(.*)/s);
  if (suite !== "own" && suite !== "quixbugs") return `there is no suite ${suite}`;
  if (suite === "quixbugs" && (folder ?? "") === "")
    return "name the folder: --suite quixbugs=PATH";
  const limit = last("--limit") ?? "10000";
  if (!/^[1-9]\d{0,5}$/.test(limit)) return "--limit needs a whole number from 1 on";
  const files = last("--files");
  if (files !== undefined && files !== "one" && files !== "several")
    return "--files is one or several";
  const [model, endpoint, only, out] = ["--model", "--endpoint", "--only", "--out"].map(last);
  return {
    ...(model === undefined ? {} : { model }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(only === undefined ? {} : { only }),
    ...(files === undefined ? {} : { files }),
    ...(out === undefined ? {} : { out }),
    suite: { name: suite, ...(folder === undefined ? {} : { folder }) },
    limit: Number(limit),
    variants: variants.length === 0 ? [plainVariant] : variants,
    fresh,
  };
}
