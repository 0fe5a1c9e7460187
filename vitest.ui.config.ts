import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { CountingReporter } from "./test/support/counting-reporter";

/**
 * Files that come last, in this order. At the desk that most files share one ends with another
 * daemon, and one with a window that has crashed. The built-in engine takes all cores: when its turn
 * comes the layer inside the extension host, which runs at the same time, is likely over.
 */
const last = ["trouble", "reload", "built-in-engine"];

class LastOnesLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification): number =>
      last.findIndex((name) => moduleId.endsWith(`/${name}.spec.ts`));
    return (await super.sort(files)).sort((one, other) => placeOf(one) - placeOf(other));
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
    sequence: { sequencer: LastOnesLast },
    reporters: ["verbose", new CountingReporter()],
  },
});
