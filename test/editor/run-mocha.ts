import { readdirSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";
import { firstLine, writeLayerResults } from "../support/layer-results";

/** For what never ends; a machine with other work is slower than any wait should notice. */
const testTimeoutMs = 120_000;

/**
 * Runs every spec that was built into `folder`. Rejects when one fails, which VS Code turns into
 * the exit code. The events are the report: what Mocha's own reporters print to a terminal does not
 * leave an extension host.
 */
export async function runMocha(folder: string): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", timeout: testTimeoutMs, reporter: Mocha.reporters.Base });
  for (const name of readdirSync(folder).sort()) {
    if (name.endsWith(".spec.cjs")) mocha.addFile(join(folder, name));
  }
  const counts = {
    passed: 0,
    failed: 0,
    failures: [] as { title: string; reason: string }[],
    skipped: [] as { title: string }[],
  };
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on("pass", (test) => {
        counts.passed++;
        console.log(`  ✓ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
      })
      .on("fail", (test, error) => {
        counts.failed++;
        counts.failures.push({ title: test.fullTitle(), reason: firstLine(error) });
        console.log(`  ✗ ${test.fullTitle()}\n${indent(error.stack ?? String(error))}`);
      })
      .on("pending", (test) => {
        counts.skipped.push({ title: test.fullTitle() });
        console.log(`  - ${test.fullTitle()}`);
      });
  });
  writeLayerResults(counts);
  if (counts.passed + counts.failed === 0) throw new Error("No test ran inside the editor.");
  if (counts.failed > 0) throw new Error(`${counts.failed} tests failed inside the editor.`);
}

function indent(text: string): string {
  return text.replace(/^/gm, "      ");
}
