import type { SerializedError } from "vitest";
import type { Reporter, TestModule } from "vitest/node";
import { writeLayerResults } from "./layer-results";

/**
 * Counts for `npm test`. A file that cannot be loaded, a hook that fails and an error outside every
 * test have no test of their own to be counted by, so each counts as one failure.
 */
export class CountingReporter implements Reporter {
  onTestRunEnd(
    testModules: readonly TestModule[],
    unhandledErrors: readonly SerializedError[],
  ): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    const skipped: { title: string; reason?: string }[] = [];
    for (const testModule of testModules) {
      failed += testModule.errors().length;
      for (const suite of testModule.children.allSuites()) failed += suite.errors().length;
      for (const test of testModule.children.allTests()) {
        const result = test.result();
        if (result.state === "passed") passed++;
        else if (result.state === "failed") failed++;
        else if (result.state === "skipped")
          skipped.push({
            title: test.fullName,
            ...(result.note === undefined ? {} : { reason: result.note }),
          });
        else failed++;
      }
    }
    writeLayerResults({ passed, failed, skipped });
  }
}
