import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gather } from "../src/core/context/gather";
import { SecretMasks } from "../src/core/context/secret-masks";
import { buildPrompt } from "../src/core/prompt/build-prompt";
import { sealPrompt } from "../src/core/run/asking/seal-prompt";
import { InstructionFiles } from "../src/project/instruction-files";
import { KeptOutlines } from "../src/project/kept-outlines";
import { ProjectFiles } from "../src/project/project-files";
import { ProjectSearch } from "../src/project/project-search";
import { secretRules } from "../src/project/secret-rules";
import { Grammars } from "../src/syntax/grammars";
import { createSyntaxSource } from "../src/syntax/syntax-source";
import type { BenchResult } from "./bench-result";

const fileLines = 10_000;
const files = 2_000;
const rounds = 60;

/**
 * What it costs to bring together what goes along: for a file of 10,000 lines in a folder of 2,000
 * files, with the search, the selection, the prompt and the look for secrets; the editor's own
 * providers apart.
 */
export async function bench(): Promise<BenchResult[]> {
  const root = mkdtempSync(join(tmpdir(), "thinkaloud-bench-context-"));
  try {
    const text = writeProject(root);
    const grammars = new Grammars("dist/grammars");
    const syntax = createSyntaxSource(grammars);
    const list = new ProjectFiles(root);
    const parts = {
      files: list,
      outlines: new KeptOutlines(createSyntaxSource(grammars)),
      shownPath: (path: string) => path,
      listedPath: (path: string) => path,
    };
    const sources = [new ProjectSearch(parts), new InstructionFiles(parts, () => true)];
    const secrets = new SecretMasks(secretRules);
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const never = new AbortController().signal;
    const one = async (round: number): Promise<void> => {
      const line = 5 + ((round * 400) % (fileLines - 100));
      const place = { line, character: 4 };
      const target = {
        uri: "file:///big.py",
        path: "app/big.py",
        languageId: "python",
        version: 1,
        text,
        range: { start: place, end: place },
        diagnostics: [],
      };
      const context = await syntax.context(target);
      const query = { action: "fix", target, syntax: context, mentions: [] } as const;
      const found = await gather(sources, query, never, log, 5_000);
      const window = { contextTokens: 8_192, think: true, attempt: 1 } as const;
      const prompt = buildPrompt({ action: "fix", target, syntax: context, found, ...window });
      await sealPrompt(prompt, secrets);
      if (prompt.sent.length === 0) throw new Error("nothing of another file was found");
    };
    const walkMs = await timed(() => list.list());
    const firstMs = await timed(() => one(0));
    const times: number[] = [];
    for (let round = 1; round <= rounds; round++) times.push(await timed(() => one(round)));
    times.sort((a, b) => a - b);
    const at = (share: number): number => times[Math.floor((times.length - 1) * share)] ?? 0;
    return [
      { name: "list of the files", value: walkMs, unit: "ms", note: `${files} files` },
      { name: "first request", value: firstMs, unit: "ms", note: "with trees and rules to load" },
      { name: "request, median", value: at(0.5), unit: "ms", note: `${fileLines} lines` },
      { name: "request, 95th percentile", value: at(0.95), unit: "ms", note: "bound 50 ms" },
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** @returns the text of the large file. */
function writeProject(root: string): string {
  const modules = 100;
  for (let number = 0; number < files; number++) {
    const folder = join(root, number < modules ? "app" : `pack${number % 50}`);
    mkdirSync(folder, { recursive: true });
    const functions = Array.from(
      { length: 20 },
      (_, at) => `def helper_${number}_${at}(value):\n    """Adds."""\n    return value + ${at}\n`,
    );
    writeFileSync(join(folder, `module${number}.py`), functions.join("\n\n"));
  }
  writeFileSync(join(root, "AGENTS.md"), "Use spaces.\n");
  writeFileSync(join(root, ".gitignore"), "*.log\nbuild/\n");
  const imports = Array.from(
    { length: 10 },
    (_, at) => `from app.module${at} import helper_${at}_1, helper_${at}_2`,
  );
  const body: string[] = [];
  for (let at = 0; body.length < fileLines - imports.length; at++) {
    const other = at % 10;
    body.push(`def work_${at}(items):`);
    body.push(`    total = helper_${other}_1(len(items))`);
    for (let line = 0; line < 16; line++) body.push(`    total = total + ${line}`);
    body.push(`    return helper_${other}_2(total)`, "");
  }
  const text = [...imports, "", ...body].join("\n");
  writeFileSync(join(root, "app/big.py"), text);
  return text;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
