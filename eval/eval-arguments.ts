import { parseArgs } from "node:util";
import { defined } from "../src/base/defined";
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
  let values: ReturnType<typeof valuesIn>;
  try {
    values = valuesIn(words);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (values.help) return "";
  for (const [name, value] of Object.entries(values))
    if (value === "") return `--${name} needs a value`;
  const { suite: named, limit, files, fresh, model, endpoint, only, out } = values;
  const variants: Variant[] = [];
  for (const text of values.variant) {
    const variant = parseVariant(text);
    if (typeof variant === "string") return variant;
    variants.push(variant);
  }
  if (new Set(variants.map(({ name }) => name)).size < variants.length)
    return "the variants are the same";
  const [suite = "own", folder] = named.split(/=(.*)/s);
  if (suite !== "own" && suite !== "quixbugs") return `there is no suite ${suite}`;
  if (suite === "quixbugs" && (folder ?? "") === "")
    return "name the folder: --suite quixbugs=PATH";
  if (!/^[1-9]\d{0,5}$/.test(limit)) return "--limit needs a whole number from 1 on";
  if (files !== undefined && files !== "one" && files !== "several")
    return "--files is one or several";
  return {
    ...defined({ model, endpoint, only, out }),
    ...(files === undefined ? {} : { files }),
    suite: { name: suite, ...defined({ folder }) },
    limit: Number(limit),
    variants: variants.length === 0 ? [plainVariant] : variants,
    fresh,
  };
}

const text = { type: "string" } as const;
const flag = { type: "boolean", default: false } as const;

function valuesIn(words: readonly string[]) {
  return parseArgs({
    args: [...words],
    options: {
      ...{ model: text, endpoint: text, only: text, files: text, out: text },
      suite: { ...text, default: "own" },
      limit: { ...text, default: "10000" },
      variant: { ...text, multiple: true, default: [] as string[] },
      fresh: flag,
      help: { ...flag, short: "h" },
    },
  }).values;
}
