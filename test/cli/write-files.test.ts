import { readdirSync, readFileSync } from "node:fs";
import { link } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { writeFiles } from "../../src/cli/write-files";
import { folderForTest } from "../support/folder-for-test";

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  return { ...real, link: vi.fn(real.link) };
});

it("a new file is also written on a disk that knows no second name for a file", async () => {
  const folder = folderForTest("thinkaloud-write-");
  const refused = Object.assign(new Error("not permitted"), { code: "EPERM" });
  vi.mocked(link).mockRejectedValueOnce(refused);
  await writeFiles([{ kind: "create", path: join(folder, "new.py"), text: "one\n" }]);
  expect(readFileSync(join(folder, "new.py"), "utf8")).toBe("one\n");
  expect(readdirSync(folder)).toEqual(["new.py"]);
});
