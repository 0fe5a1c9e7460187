import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { CountingReporter } from "./test/support/counting-reporter";

/**
 * What takes all cores comes last, when the layer inside the extension host, which runs at the same
 * time, is likely over.
 */
class BuiltInEngineLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLast = ({ moduleId }: TestSpecification): boolean =>
      moduleId.endsWith("/built-in-engine.spec.ts");
    return [...sorted.filter((file) => !isLast(file)), ...sorted.filter(isLast)];
  }
}

/** The specs that drive the real workbench in a real browser: one at a time, and slow by nature. */
export default defineConfig({
  test: {
    include: ["test/ui/**/*.spec.ts"],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 1,
    fileParallelism: false,
    // Files of one kind share a desk: see test/ui/support/shared-desk.ts.
    isolate: false,
    passWithNoTests: true,
    sequence: { sequencer: BuiltInEngineLast },
    reporters: ["verbose", new CountingReporter()],
  },
});
