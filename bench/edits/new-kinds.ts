import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { hunksOf } from "../../src/core/edit/hunks";
import { planEdits } from "../../src/core/edit/plan-edits";
import type { SymbolInfo } from "../../src/protocol/syntax";
import { Grammars } from "../../src/syntax/grammars";
import { createSyntaxSource } from "../../src/syntax/syntax-source";
import { type Seeded, seeded } from "../../test/core/edit/support/seeded";
import type { BenchResult } from "../bench-result";
import { type CorpusFile, cleanEdit } from "./clean-edits";
import { codeKinds } from "./new-kinds-code";
import { diffKinds } from "./new-kinds-diffs";
import { fenceKinds } from "./new-kinds-fences";
import { pairKinds } from "./new-kinds-pairs";
import { type Draft, type Make, type Scene, sceneOf, text } from "./new-kinds-scene";
import { signKinds } from "./new-kinds-signs";
import { tagKinds } from "./new-kinds-tags";
import { turnKinds } from "./new-kinds-turns";

const kinds: readonly (readonly [name: string, make: Make])[] = [
  turnKinds,
  tagKinds,
  fenceKinds,
  signKinds,
  pairKinds,
  diffKinds,
  codeKinds,
].flatMap((family) => Object.entries(family));

/**
 * Half of each family, drawn by lot before the first run, is only ever counted: its failures are
 * never printed, so that nobody tunes on them.
 */
const counted: ReadonlySet<string> = new Set([
  "turn: end token, then another turn",
  "turn: channels",
  "turn: instruction marks",
  "turn: answer tags",
  "turn: boxed",
  "tags: replace_in_file",
  "tags: write_to_file",
  "tags: parameters of a function",
  "tags: action with a whole file",
  "JSON: arguments as a string",
  "JSON: real line ends in strings",
  "JSON: a whole file",
  "JSON: line numbers and new lines",
  "YAML: halves as texts",
  "tags: usual block in edit",
  "fence: in a list",
  "fence: talk inside",
  "fence: none",
  "fence: opens behind words",
  "fence: apostrophes",
  "fence: language on its own line",
  "fence: in details",
  "fence: session of an interpreter",
  "fence: listing of LaTeX",
  "fence: called text",
  "fence: usual block called diff",
  "signs: zero-width spaces",
  "signs: another step of indentation",
  "signs: all indentation lost",
  "lines: numbered as in the file",
  "signs: tabs written as escapes",
  "signs: arrow at the change",
  "signs: change in bold",
  "signs: carets under the change",
  "pair: headings before and after",
  "versions: wrong, then corrected",
  "versions: two options",
  "versions: original, then fixed",
  "versions: function, then the whole file",
  "block: quotation doubled",
  "block: last mark turned round",
  "block: a divider before the last mark",
  "block: changed line quoted, all around it new",
  "block: whole file quoted, one function new",
  "block: labels and fences",
  "block: labels alone",
  "block: comma lost in the quotation",
  "diff: a blank behind each sign",
  "diff: signs behind the indentation",
  "diff: signs in a function of the language",
  "diff: of git, with all its lines",
  "diff: plain",
  "order: ed",
  "order: sed",
  "order: on line N, change this to that",
  "code: class around one method",
  "code: method without its class",
  "code: renamed",
  "code: whole file, two functions swapped",
  "elision: in brackets, no comment",
  "code: body is a stub",
  "code: decorators or attributes left out",
  "code: imports of the file on top",
  "code: whole file without its last function",
  "code: whole file without its comments",
]);

/**
 * `harmed`: any other text than a right one. `rightlyRefused`: nothing was proposed, where a
 * careful person could do the same.
 */
type Verdict = "right" | "rightlyRefused" | "refused" | "harmed";
type Counts = Record<Verdict, number>;

const wasm = dirname(
  createRequire(join(process.cwd(), "package.json")).resolve("@vscode/tree-sitter-wasm"),
);
const syntax = createSyntaxSource(
  new Grammars((name) =>
    join(wasm, name === "tree-sitter" ? "tree-sitter.wasm" : `tree-sitter-${name}.wasm`),
  ),
);

/**
 * What the bench is asked for: cases of each kind, the seed of the chance, and a kind whose
 * failures are printed.
 */
export interface NewKindsRequest {
  readonly perKind: number;
  readonly seed: number;
  readonly show: string | undefined;
  /** Part of the names of the kinds to run. */
  readonly only: string | undefined;
  /** The engine gets the syntax tree, as it does in the editor. */
  readonly withSyntax: boolean;
}

/**
 * Answers malformed in ways that the engine was not tuned on, with known truth: a line of the table
 * for each kind, and the sums.
 */
export async function newKinds(
  files: readonly CorpusFile[],
  request: NewKindsRequest,
): Promise<BenchResult[]> {
  const tree = request.withSyntax ? "with the tree" : "without the tree";
  console.log(
    `\n${`new kind, ${tree}`.padEnd(46)} right rightly refused harmed  (c: only counted)`,
  );
  const totals = { shown: noCounts(), counted: noCounts() };
  const outlines = new Map<CorpusFile, readonly SymbolInfo[]>();
  for (const [name, make] of kinds) {
    if (request.only !== undefined && !name.includes(request.only)) continue;
    const counts = await judgeKind(name, make, files, outlines, request);
    const side = counted.has(name) ? "counted" : "shown";
    for (const verdict of verdicts) totals[side][verdict] += counts[verdict];
    const cells = verdicts.map((verdict) => String(counts[verdict]).padStart(7));
    console.log(`${(side === "counted" ? "c " : "  ") + name.padEnd(44)}${cells.join("")}`);
  }
  return [
    ...sharesOf(`new kinds ${tree}`, totals.shown, kinds.length - counted.size),
    ...sharesOf(`counted kinds ${tree}`, totals.counted, counted.size),
  ];
}

const verdicts: readonly Verdict[] = ["right", "rightlyRefused", "refused", "harmed"];

function noCounts(): Counts {
  return { right: 0, rightlyRefused: 0, refused: 0, harmed: 0 };
}

async function judgeKind(
  name: string,
  make: Make,
  files: readonly CorpusFile[],
  outlines: Map<CorpusFile, readonly SymbolInfo[]>,
  { perKind, seed, show, withSyntax }: NewKindsRequest,
): Promise<Counts> {
  // Each kind meets other edits, but not those that it met before a kind was put in before it.
  const random = seeded(
    [...name].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), seed),
  );
  const counts = noCounts();
  for (let made = 0, tries = 0; made < perKind && tries < perKind * 100; tries++) {
    const scene = await nextScene(files, outlines, random);
    const draft = scene && make(scene);
    if (!scene || !draft || !(await isSound(scene))) continue;
    made++;
    const { verdict, detail } = await judge(scene, draft, withSyntax);
    counts[verdict]++;
    const isShown =
      show !== undefined &&
      name.includes(show) &&
      (!counted.has(name) || process.env["EDIT_SHOW_COUNTED"] === "1");
    if (isShown && (verdict === "harmed" || verdict === "refused"))
      print(name, verdict, scene, draft, detail);
  }
  return counts;
}

async function nextScene(
  files: readonly CorpusFile[],
  outlines: Map<CorpusFile, readonly SymbolInfo[]>,
  random: Seeded,
): Promise<Scene | undefined> {
  const edit = cleanEdit(files, random);
  // Code that shows marks of its own is another matter than a wrong form.
  if (
    [...edit.search, ...edit.replace].some((line) =>
      /^\s*(?:`{3}|<{5}|={5}|>{5}|[-+@]|<\/?[a-z])/.test(line),
    )
  )
    return undefined;
  const { file } = edit;
  const outline =
    outlines.get(file) ?? (await syntax.outline(file.languageId, text(file.lines))) ?? [];
  outlines.set(file, outline);
  const scene = sceneOf(edit, outline, random);
  const shown = scene.fn?.old.some((line) => /`{3}|think>|<{5}|={5}|>{5}/.test(line));
  return shown ? undefined : scene;
}

/**
 * Whether the right edit leaves the program no worse than it was: a judge may refuse one that
 * breaks it.
 */
async function isSound({ languageId, lines, truth }: Scene): Promise<boolean> {
  const before = await syntax.check(languageId, text(lines));
  const after = await syntax.check(languageId, truth);
  return (after?.errors.length ?? 0) <= (before?.errors.length ?? 0);
}

async function judge(
  scene: Scene,
  draft: Draft,
  withSyntax: boolean,
): Promise<{ verdict: Verdict; detail: string }> {
  const { path, languageId, lines } = scene;
  const plan = await planEdits({
    answer: draft.answer,
    truncated: draft.truncated === true,
    files: [{ path, languageId, text: text(lines) }],
    ...(withSyntax ? { syntax } : {}),
  });
  if (plan.kind !== "plan") {
    const detail = plan.kind === "refusal" ? `${plan.code}: ${plan.message}` : "unchanged";
    return { verdict: draft.mayRefuse ? "rightlyRefused" : "refused", detail };
  }
  const proposed = plan.files.length === 1 ? (plan.files[0]?.proposed ?? "") : "";
  const isRight = draft.texts.includes(proposed) || draft.accepts?.(proposed) === true;
  return { verdict: isRight ? "right" : "harmed", detail: proposed };
}

function sharesOf(what: string, counts: Counts, kindCount: number): BenchResult[] {
  const all = verdicts.reduce((sum, verdict) => sum + counts[verdict], 0);
  const share = (count: number): number => Math.round((count / Math.max(1, all)) * 10_000) / 100;
  return [
    {
      name: `${what}: right or rightly refused`,
      value: share(counts.right + counts.rightlyRefused),
      unit: "%",
      note: `${all} cases of ${kindCount} kinds, ${share(counts.right)} % right`,
    },
    { name: `${what}: refused without need`, value: share(counts.refused), unit: "%" },
    { name: `${what}: harmed`, value: share(counts.harmed), unit: "%" },
  ];
}

function print(name: string, verdict: Verdict, scene: Scene, draft: Draft, detail: string): void {
  console.log(`--- ${name} ${verdict} ${scene.path}\n${draft.answer}`);
  if (verdict === "refused") console.log(detail.slice(0, 600));
  else
    for (const hunk of hunksOf(draft.texts[0] ?? text(scene.lines), detail))
      console.log(hunk.lines.join("\n"));
}
