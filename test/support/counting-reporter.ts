import type { SerializedError } from "vitest";
import type { Reporter, TestModule } from "vitest/node";
import { firstLine, writeLayerResults } from "./layer-results";

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
    const failures = unhandledErrors.map((error) => failure("outside of every test", error));
    const skipped: { title: string; reason?: string }[] = [];
    for (const testModule of testModules) {
      for (const error of testModule.errors()) failures.push(failure(testModule.moduleId, error));
      for (const suite of testModule.children.allSuites())
        for (const error of suite.errors()) failures.push(failure(suite.fullName, error));
      for (const test of testModule.children.allTests()) {
        const result = test.result();
        if (result.state === "passed") passed++;
        else if (result.state === "skipped")
          skipped.push({
            title: test.fullName,
            ...(result.note === undefined ? {} : { reason: result.note }),
          });
        else failures.push(failure(test.fullName, result.errors?.[0]));
      }
    }
    writeLayerResults({ passed, failed: failures.length, failures, skipped });
  }
}

function failure(title: string, error: { readonly message?: string } | undefined) {
  return { title, reason: firstLine(error) };
}
