import { type EvalResult, type Verdict, verdicts } from "./result";

/**
 * The results as a page of Markdown: figures of each variant, two of them case by case, and every
 * case that was not fixed.
 */
export function reportOf(results: readonly EvalResult[], variants: readonly string[]): string {
  const of = (variant: string): readonly EvalResult[] =>
    results.filter((result) => result.variant === variant);
  const models = [...new Set(results.flatMap(({ model }) => model ?? []))].join(", ");
  const [one, other] = variants;
  return [
    `# Evaluation${models === "" ? "" : ` of ${models}`}`,
    figures(variants.map((name) => ({ name, results: of(name) }))),
    `## By what the bug needs\n\n${groups(results, variants)}`,
    ...(one !== undefined && other !== undefined
      ? [comparison(one, of(one), other, of(other))]
      : []),
    ...variants.map((name) => `## Cases: ${name}\n\n${cases(of(name))}`),
  ]
    .join("\n\n")
    .concat("\n");
}

/** Of what was really tried. */
function counted(results: readonly EvalResult[]): readonly EvalResult[] {
  return results.filter(({ verdict }) => verdict !== "skipped" && verdict !== "failed");
}

function countOf(results: readonly EvalResult[], verdict: Verdict): number {
  return results.filter((result) => result.verdict === verdict).length;
}

function figures(
  variants: readonly { readonly name: string; readonly results: readonly EvalResult[] }[],
): string {
  const sum = (results: readonly EvalResult[], key: "tokensRead" | "tokensReadAgain"): number =>
    results.reduce((total, result) => total + result[key], 0);
  const rows: [string, (results: readonly EvalResult[]) => string | number][] = [
    ["cases", (results) => counted(results).length],
    ...verdicts.map((verdict): [string, (results: readonly EvalResult[]) => number] => [
      verdict,
      (results) => countOf(results, verdict),
    ]),
    ["tokens read", (results) => sum(results, "tokensRead")],
    ["of them read again", (results) => sum(results, "tokensReadAgain")],
    ["tokens thought, median", (results) => median(results.map((each) => each.tokensThought))],
    ["seconds, median", (results) => median(counted(results).map((each) => each.seconds))],
    ["requests a case", (results) => mean(counted(results).map((each) => each.requests))],
  ];
  return table(
    ["", ...variants.map(({ name }) => name)],
    rows.map(([title, value]) => [title, ...variants.map(({ results }) => value(results))]),
  );
}

function groups(results: readonly EvalResult[], variants: readonly string[]): string {
  const keys = [
    ...["none", "see", "edit"].map((second) => ({
      title: { none: "one file", see: "a second file to be seen", edit: "a second file changed" }[
        second
      ],
      fits: (result: EvalResult) => result.second === second,
    })),
    ...[...new Set(results.map(({ language }) => language))].sort().map((language) => ({
      title: language,
      fits: (result: EvalResult) => result.language === language,
    })),
  ];
  return table(
    ["fixed of", ...variants],
    keys.map(({ title, fits }) => [
      title ?? "",
      ...variants.map((variant) => {
        const own = counted(results.filter((each) => each.variant === variant && fits(each)));
        return `${countOf(own, "fixed")} of ${own.length}`;
      }),
    ]),
  );
}

function comparison(
  one: string,
  ofOne: readonly EvalResult[],
  other: string,
  ofOther: readonly EvalResult[],
): string {
  const pairs = counted(ofOne).flatMap((result) => {
    const match = counted(ofOther).find((each) => each.case === result.case);
    return match === undefined ? [] : [{ name: result.case, one: result, other: match }];
  });
  const fixes = (pair: (typeof pairs)[number]): string =>
    `${pair.one.verdict === "fixed"}/${pair.other.verdict === "fixed"}`;
  const names = (kind: string): string =>
    pairs
      .filter((pair) => fixes(pair) === kind)
      .map(({ name }) => name)
      .join(", ");
  const number = (kind: string): number => pairs.filter((pair) => fixes(pair) === kind).length;
  const summary = table(
    ["", "cases", "which"],
    [
      ["both fix", number("true/true"), names("true/true")],
      [`only ${one}`, number("true/false"), names("true/false")],
      [`only ${other}`, number("false/true"), names("false/true")],
      ["neither", number("false/false"), names("false/false")],
    ],
  );
  const rows = table(
    ["case", one, other, "seconds", "tokens read"],
    pairs.map(({ name, one: first, other: second }) => [
      name,
      first.verdict,
      second.verdict,
      `${first.seconds} / ${second.seconds}`,
      `${first.tokensRead} / ${second.tokensRead}`,
    ]),
  );
  return `## ${one} against ${other}\n\n${summary}\n\n${rows}`;
}

function cases(results: readonly EvalResult[]): string {
  return table(
    ["case", "verdict", "asked", "read", "again", "thought", "seconds", "changed", "detail"],
    results.map((result) => [
      result.case,
      result.verdict,
      result.requests,
      result.tokensRead,
      result.tokensReadAgain,
      result.tokensThought,
      result.seconds,
      result.changed.join(", "),
      result.detail ?? "",
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string =>
    `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|").replace(/\s+/g, " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function median(values: readonly number[]): number {
  const ordered = [...values].sort((one, other) => one - other);
  return ordered[Math.floor(ordered.length / 2)] ?? 0;
}

function mean(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.length === 0 ? 0 : Math.round((sum / values.length) * 10) / 10;
}
