import { defineConfig } from "vitest/config";
import { CountingReporter } from "./test/support/counting-reporter";

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
    reporters: ["verbose", new CountingReporter()],
  },
});
