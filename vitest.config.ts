import { defineConfig } from "vitest/config";
import { CountingReporter } from "./test/support/counting-reporter";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The specs in test/editor and test/ui run inside a real editor and a real browser, with set-ups of their own.
    exclude: ["test/ui/**", "test/desktop/**", "test/sample/**", "node_modules/**"],
    globalSetup: ["test/support/product-once.ts"],
    testTimeout: 20_000,
    // Two real cores is what a laptop gives; more workers make timing-sensitive network tests unfair to themselves.
    maxWorkers: 2,
    reporters: ["default", new CountingReporter()],
  },
});
