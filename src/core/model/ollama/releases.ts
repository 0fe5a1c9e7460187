/**
 * What is known of Ollama's releases, each with where it is known from. A release is in a range
 * from its first version up to, but without, `before`.
 */
interface Range {
  readonly from?: string;
  readonly before?: string;
  readonly source: string;
}

/**
 * A fault that somebody can use against the person, and that is confirmed: a warning that nobody
 * can act on teaches to overlook all.
 */
export interface KnownHole extends Range {
  readonly id: string;
  /** What happens, for the end of "Known of it: …". */
  readonly what: "leaksMemory";
  /** The first release without it. */
  readonly before: string;
}

export const knownHoles: readonly KnownHole[] = [
  {
    id: "CVE-2026-7482",
    what: "leaksMemory",
    before: "0.17.1",
    source: "CVE entry: offsets of a GGUF file's tensors are not checked",
  },
];

/** How a release treats requests, where releases differ. */
const traits = {
  /** Every request is read from its start when it refuses `shift`. */
  losesCacheWithoutShift: {
    from: "0.30.0",
    before: "0.30.8",
    source: "ollama/ollama pull request 16639",
  },
  /** Only what had to be read is counted of a prompt: most of it may be known from before. */
  countsOnlyNew: { from: "0.30.0", before: "0.30.1", source: "ollama/ollama pull request 16428" },
  /** A stream that failed may have left the model unable to answer the same request again. */
  hangsAfterFailure: { before: "0.32.15", source: "ollama/ollama pull request 17883" },
  /** Of all models only gpt-oss may be asked for a level of thinking. */
  refusesLevels: { before: "0.17.7", source: "release notes: levels for any model that thinks" },
  /** It tells whether its cloud is turned off. */
  tellsCloud: { from: "0.16.2", source: "server/routes.go: /api/status" },
  /** Before, it refuses a request to think as much as a model can. */
  knowsMax: { from: "0.22.0", source: "api/types.go: think takes max" },
} as const satisfies Readonly<Record<string, Range>>;

export type ReleaseTrait = keyof typeof traits;

/**
 * Whether a release has a trait. One of which nothing is known, a build of somebody's own say, has
 * none.
 */
export function hasTrait(version: string | undefined, trait: ReleaseTrait): boolean {
  return isIn(version, traits[trait]);
}

export function holesIn(version: string | undefined): readonly KnownHole[] {
  return knownHoles.filter((hole) => isIn(version, hole));
}

function isIn(version: string | undefined, { from, before }: Range): boolean {
  const numbers = numbersOf(version);
  if (numbers === undefined) return false;
  const isBelow = (bound: string): boolean => compare(numbers, numbersOf(bound) ?? []) < 0;
  return (from === undefined || !isBelow(from)) && (before === undefined || isBelow(before));
}

/** `0.30.1-rc2` counts as 0.30.1; `0.0.0` is what somebody built, and says nothing. */
function numbersOf(version: string | undefined): readonly number[] | undefined {
  const found = /^v?(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/.exec(version?.trim() ?? "");
  if (found === null) return undefined;
  const numbers = found.slice(1).map(Number);
  return numbers.every((each) => each === 0) ? undefined : numbers;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [at, number] of a.entries()) {
    const other = b[at] ?? 0;
    if (number !== other) return number - other;
  }
  return 0;
}
