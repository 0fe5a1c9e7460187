import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { RecordFile } from "../../src/cli/record-file";

const folder = mkdtempSync(join(tmpdir(), "record file "));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("what the command line keeps of models", () => {
  it("is there again for the next call, each under its name", async () => {
    const path = join(folder, "not there yet", "records.json");
    await new RecordFile(path).update("one", [1]);
    await new RecordFile(path).update("other", { two: 2 });
    const next = new RecordFile(path);
    expect([next.get("one"), next.get("other"), next.get("none")]).toEqual([
      [1],
      { two: 2 },
      undefined,
    ]);
    expect(readdirSync(join(folder, "not there yet"))).toEqual(["records.json"]);
  });

  it("is nothing where the file is broken, and is written anew", async () => {
    const path = join(folder, "broken.json");
    writeFileSync(path, '{"one": [');
    const records = new RecordFile(path);
    expect(records.get("one")).toBeUndefined();
    await records.update("one", 1);
    expect(records.get("one")).toBe(1);
  });

  it("is not kept where the folder cannot be written, which is told", async () => {
    writeFileSync(join(folder, "file"), "");
    await expect(new RecordFile(join(folder, "file", "x.json")).update("one", 1)).rejects.toThrow();
  });
});
