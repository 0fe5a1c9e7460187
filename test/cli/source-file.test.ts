import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { readSourceFile, type SourceFile } from "../../src/cli/source-file";
import { writeFiles } from "../../src/cli/write-files";
import { failureOf } from "../../src/core/failure-error";
import { folderForTest } from "../support/folder-for-test";

const byteOrderMark = "\uFEFF";
let folder: string;
beforeEach(() => {
  folder = folderForTest("source-");
});

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

async function writeSourceFile(source: SourceFile, text: string): Promise<void> {
  await writeFiles([{ kind: "edit", source, text }]);
}

describe("writing a file", () => {
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

describe("writing a new file", () => {
  it("never lands on a file that is there", async () => {
    const path = join(folder, "new.py");
    await writeFiles([{ kind: "create", path, text: "a\n" }]);
    const again = writeFiles([{ kind: "create", path, text: "b\n" }]);
    expect(await failureFrom(again)).toBe("documentConflict");
    expect(readFileSync(path, "utf8")).toBe("a\n");
    expect(readdirSync(folder)).toEqual(["new.py"]);
  });

  it("makes the folders that it needs, and removes them when nothing comes of it", async () => {
    const path = join(folder, "deep", "er", "new.py");
    const other = await readSourceFile(file("a\n"), undefined);
    const changes = [
      { kind: "create", path, text: "a\n" },
      { kind: "edit", source: other, text: "b\n" },
    ] as const;
    const refused = writeFiles(changes, async () => {
      throw Object.assign(new Error("full"), { code: "ENOSPC" });
    });
    expect(await failureFrom(refused)).toBe("diskFull");
    expect(readdirSync(folder)).toEqual(["a.py"]);
    await writeFiles(changes);
    expect(readFileSync(path, "utf8")).toBe("a\n");
  });
});

describe("writing several files", () => {
  it("writes none when one of them changed meanwhile", async () => {
    const [one, other] = [join(folder, "one.py"), join(folder, "other.py")];
    for (const path of [one, other]) writeFileSync(path, "a\n");
    const [source, moved] = await Promise.all(
      [one, other].map((path) => readSourceFile(path, undefined)),
    );
    if (source === undefined || moved === undefined) throw new Error("not read");
    writeFileSync(other, "mine\n");
    const refused = writeFiles([
      { kind: "edit", source, text: "b\n" },
      { kind: "edit", source: moved, text: "b\n" },
    ]);
    expect(await failureFrom(refused)).toBe("documentConflict");
    expect(readFileSync(one, "utf8")).toBe("a\n");
    expect(readFileSync(other, "utf8")).toBe("mine\n");
  });

  it("takes back what it wrote when the system refuses in the middle, mode and mark included", async () => {
    const [one, other] = [join(folder, "one.py"), join(folder, "other.py")];
    writeFileSync(one, `${byteOrderMark}a\n`);
    chmodSync(one, 0o750);
    writeFileSync(other, "a\n");
    const sources = await Promise.all([one, other].map((path) => readSourceFile(path, undefined)));
    let puts = 0;
    const refused = writeFiles(
      sources.map((source) => ({ kind: "edit", source, text: "b\n" }) as const),
      async (scratch, path) => {
        if (++puts === 2) throw Object.assign(new Error("full"), { code: "ENOSPC" });
        renameSync(scratch, path);
      },
    );
    expect(await failureFrom(refused)).toBe("diskFull");
    expect(readFileSync(one, "utf8")).toBe(`${byteOrderMark}a\n`);
    if (process.platform !== "win32") expect(statSync(one).mode & 0o777).toBe(0o750);
    expect(readFileSync(other, "utf8")).toBe("a\n");
    expect(readdirSync(folder).sort()).toEqual(["one.py", "other.py"]);
  });
});
