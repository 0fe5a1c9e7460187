import { writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, it, vi } from "vitest";
import { confinement } from "../../src/checks/process/confinement";
import { folderForTest } from "../support/folder-for-test";

it.skipIf(process.platform !== "linux")(
  "a system that was too busy to show what it can do is asked again",
  async () => {
    const folder = folderForTest("thinkaloud-busy-");
    const slowOnce = `#!/bin/sh\n[ -e ${folder}/asked ] && exit 0\n: > ${folder}/asked\nexec sleep 20\n`;
    writeFileSync(join(folder, "setpriv"), slowOnce, { mode: 0o755 });
    vi.stubEnv("PATH", folder + delimiter + process.env["PATH"]);
    try {
      expect((await confinement(1_000)).closed).toBe(false);
      expect((await confinement()).closed).toBe(true);
    } finally {
      vi.unstubAllEnvs();
    }
  },
);
