import type { Diagnostic } from "../../../protocol/document";

/** A problem whose cure is in its own words: nobody has to think about it. */
interface ObviousCure {
  readonly cure: "unusedName" | "missingAwait" | "misspeltName" | "form";
  /** Who reports it, in small letters; absent: whoever. */
  readonly source?: RegExp;
  readonly code?: RegExp;
  readonly message?: RegExp;
}

/** By code where the tool has one, else by its words. */
const obviousCures: readonly ObviousCure[] = [
  { cure: "unusedName", source: /^ts$/, code: /^(?:6133|6192|6196|6198)$/ },
  { cure: "misspeltName", source: /^ts$/, code: /^(?:2551|2552|2561|2724|2820)$/ },
  { cure: "missingAwait", source: /^ts$/, code: /^(?:2801|80007)$/ },
  { cure: "missingAwait", source: /^ts$/, message: /forget to use 'await'/ },
  {
    cure: "unusedName",
    source: /pylance|pyright/,
    code: /^reportUnused(?:Import|Variable|Function|Class)$/,
  },
  { cure: "missingAwait", source: /pylance|pyright/, code: /^reportUnusedCoroutine$/ },
  {
    cure: "unusedName",
    source: /ruff|flake8|pyflakes|pylint/,
    code: /^(?:F401|F841|W0611|W0612)$/,
  },
  {
    cure: "unusedName",
    source: /eslint/,
    code: /^(?:@typescript-eslint\/)?no-unused-vars$|^unused-imports\//,
  },
  {
    cure: "missingAwait",
    source: /eslint/,
    code: /^(?:@typescript-eslint\/)(?:no-floating-promises|no-misused-promises)$/,
  },
  {
    cure: "form",
    source: /eslint/,
    code: /^(?:@?[\w-]+\/)?(?:semi|quotes|prefer-const|no-extra-semi|eqeqeq|no-var|comma-dangle)$/,
  },
  {
    cure: "unusedName",
    source: /rustc|rust-analyzer|cargo/,
    code: /^(?:unused_imports|unused_variables|unused_mut)$/,
  },
  {
    cure: "misspeltName",
    source: /rustc|rust-analyzer|cargo/,
    message: /similar name exists|did you mean/,
  },
  { cure: "unusedName", source: /^(?:go|compiler|gopls)$/, code: /^Unused(?:Import|Var)$/ },
  {
    cure: "unusedName",
    source: /^(?:go|compiler|gopls)$/,
    message: /^"[^"]+" imported and not used/,
  },
  { cure: "unusedName", source: /^(?:go|compiler|gopls)$/, message: /^declared and not used: / },
  { cure: "misspeltName", message: /[Dd]id you mean (?:to call |the [a-z ]+)?['"`‘]/ },
];

/** What would cure the problem, where its own words tell. */
export function obviousCure({
  source = "",
  code = "",
  message,
}: Diagnostic): ObviousCure["cure"] | undefined {
  const from = source.toLowerCase();
  return obviousCures.find(
    (each) =>
      (each.source === undefined || each.source.test(from)) &&
      (each.code === undefined || each.code.test(code)) &&
      (each.message === undefined || each.message.test(message)),
  )?.cure;
}
