import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSourceFile, writeNewFile, writeSourceFile } from "../../src/cli/source-file";
import { failureOf } from "../../src/core/failure-error";

const byteOrderMark = "\uFEFF";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "source-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(content: string | Uint8Array, name = "a.py"): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function failureFrom(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (thrown) {
    return failureOf(thrown).kind;
  }
  return "none";
}

describe("readSourceFile", () => {
  it("keeps the line ends, and the byte-order mark apart", async () => {
    const { target, prefix } = await readSourceFile(
      file(`${byteOrderMark}a\r\nb\rc\n\td`),
      undefined,
    );
    expect(prefix).toBe(byteOrderMark);
    expect(target.text).toBe("a\r\nb\rc\n\td");
    expect(target.languageId).toBe("python");
    expect(target.range).toEqual({
      start: { line: 0, character: 0 },
      end: { line: 3, character: 2 },
    });
  });

  it("points at the line that was named, or the last one of a shorter file", async () => {
    const path = file("a\nb\nc");
    expect((await readSourceFile(path, 1)).target.range.start.line).toBe(1);
    expect((await readSourceFile(path, 99)).target.range).toEqual({
      start: { line: 2, character: 0 },
      end: { line: 2, character: 0 },
    });
  });

  it("takes an empty file", async () => {
    expect((await readSourceFile(file(""), undefined)).target.text).toBe("");
  });

  it("refuses what is missing, a folder, what is binary and what is too large", async () => {
    expect(await failureFrom(readSourceFile(join(folder, "none.py"), undefined))).toBe(
      "fileMissing",
    );
    expect(await failureFrom(readSourceFile(folder, undefined))).toBe("fileMissing");
    expect(await failureFrom(readSourceFile(file("a\0b"), undefined))).toBe("fileBinary");
    expect(
      await failureFrom(readSourceFile(file(new Uint8Array([0x61, 0xff, 0x62])), undefined)),
    ).toBe("fileBinary");
    const large = file("");
    truncateSync(large, 5 * 1024 * 1024 + 1);
    expect(await failureFrom(readSourceFile(large, undefined))).toBe("fileTooLarge");
  });
});

describe("writeSourceFile", () => {
  it("writes byte for byte, with the byte-order mark before it, and leaves nothing else behind", async () => {
    const path = file(`${byteOrderMark}a\r\nb`);
    await writeSourceFile(await readSourceFile(path, undefined), "a\r\nB");
    expect(readFileSync(path, "utf8")).toBe(`${byteOrderMark}a\r\nB`);
    expect(readdirSync(folder)).toEqual(["a.py"]);
  });

  it.skipIf(process.platform === "win32")("keeps the mode, whatever the umask says", async () => {
    const path = file("a\n");
    chmodSync(path, 0o777);
    const umask = process.umask(0o077);
    try {
      await writeSourceFile(await readSourceFile(path, undefined), "b\n");
    } finally {
      process.umask(umask);
    }
    expect(statSync(path).mode & 0o777).toBe(0o777);
  });

  it.skipIf(process.platform === "win32")(
    "writes through a link to the file that it means",
    async () => {
      const path = file("a\n");
      const link = join(folder, "link.py");
      symlinkSync(path, link);
      await writeSourceFile(await readSourceFile(link, undefined), "b\n");
      expect(readFileSync(path, "utf8")).toBe("b\n");
      expect(readFileSync(link, "utf8")).toBe("b\n");
    },
  );

  it("leaves a file alone that changed meanwhile, be it by a byte-order mark only", async () => {
    const path = file("a\n");
    const source = await readSourceFile(path, undefined);
    writeFileSync(path, `${byteOrderMark}a\n`);
    expect(await failureFrom(writeSourceFile(source, "b\n"))).toBe("documentConflict");
    expect(readFileSync(path, "utf8")).toBe(`${byteOrderMark}a\n`);
  });

  it("does not bring back a file that was deleted meanwhile", async () => {
    const path = file("a\n");
    const source = await readSourceFile(path, undefined);
    rmSync(path);
    expect(await failureFrom(writeSourceFile(source, "b\n"))).toBe("fileMissing");
    expect(existsSync(path)).toBe(false);
  });

  // The system lets root write everything.
  it.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
    "refuses a read-only file, and a file in a read-only folder",
    async () => {
      const path = file("a\n");
      const source = await readSourceFile(path, undefined);
      chmodSync(path, 0o444);
      expect(await failureFrom(writeSourceFile(source, "b\n"))).toBe("fileReadOnly");
      chmodSync(path, 0o644);
      chmodSync(folder, 0o555);
      expect(await failureFrom(writeSourceFile(source, "b\n"))).toBe("fileReadOnly");
      chmodSync(folder, 0o755);
      expect(readFileSync(path, "utf8")).toBe("a\n");
    },
  );
});

describe("writeNewFile", () => {
  it("never lands on a file that is there", async () => {
    const path = join(folder, "new.py");
    await writeNewFile(path, "a\n");
    expect(await failureFrom(writeNewFile(path, "b\n"))).toBe("documentConflict");
    expect(readFileSync(path, "utf8")).toBe("a\n");
    mkdirSync(join(folder, "sub"));
    expect(await failureFrom(writeNewFile(join(folder, "none", "new.py"), "a\n"))).toBe(
      "fileMissing",
    );
  });
});
