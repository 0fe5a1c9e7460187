import { defineConfig } from "vitest/config";
import { CountingReporter } from "./test/support/counting-reporter";

/** What puts other things in the place of modules, or watches the whole process. */
const alone = [
  "test/checks/confinement.test.ts",
  "test/cli/write-files.test.ts",
  "test/core/model/chaos.test.ts",
  "test/editor/**/*.test.ts",
  "test/model-setup/engine/engine-install.test.ts",
];
// The specs in test/editor and test/ui run inside a real editor and a real browser, with set-ups of
// their own.
const elsewhere = ["test/ui/**", "test/desktop/**", "test/sample/**", "node_modules/**"];

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: "alone", include: alone } },
      {
        extends: true,
        test: {
          name: "shared",
          include: ["test/**/*.test.ts"],
          exclude: [...elsewhere, ...alone],
          // To start a process for each file and load the same modules into it took a sixth of the
          // time of all tests.
          isolate: false,
        },
      },
    ],
    globalSetup: ["test/support/product-once.ts"],
    // For what never ends: a machine with other work is slower than any wait should notice.
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // Two real cores is what a laptop gives; more workers make timing-sensitive network tests
    // unfair to themselves.
    maxWorkers: 2,
    reporters: ["default", new CountingReporter()],
  },
});
