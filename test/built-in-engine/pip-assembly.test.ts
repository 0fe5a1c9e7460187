import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CatalogueModel } from "../../src/built-in-engine/models/catalogue";
import type { DownloadProgress } from "../../src/built-in-engine/models/download";
import { Puller } from "../../src/built-in-engine/models/pull";
import { folderForTest } from "../support/folder-for-test";

const hasPip = spawnSync("python3", ["-m", "pip", "--version"]).status === 0;
const parts = ["first part, ", "and the rest"];
const whole = parts.join("");
const sha256 = createHash("sha256").update(whole).digest("hex");
/** Nothing listens there. */
const deadHub = "http://127.0.0.1:9";

/** Writes the smallest wheel that pip takes. */
const makeWheel = `import sys,zipfile
folder,name,text=sys.argv[1:]
with zipfile.ZipFile(f"{folder}/{name}-1.0-py3-none-any.whl","w") as wheel:
    wheel.writestr(f"{name}/data.bin",text)
    wheel.writestr(f"{name}-1.0.dist-info/METADATA",f"Metadata-Version: 2.1\\nName: {name}\\nVersion: 1.0\\n")
    wheel.writestr(f"{name}-1.0.dist-info/WHEEL","Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(f"{name}-1.0.dist-info/RECORD","")`;

describe.skipIf(!hasPip)(
  "putting a model together from Python packages",
  { timeout: 60_000 },
  () => {
    let home: string;
    let index: string;
    let models: string;

    beforeEach(async () => {
      home = folderForTest("thinkaloud-pip-");
      index = await mkdtemp(join(home, "index-"));
      models = join(home, "models");
      // The real pip, with a folder for its index.
      vi.stubEnv("PIP_NO_INDEX", "1");
      vi.stubEnv("PIP_FIND_LINKS", index);
    });
    afterEach(async () => {
      vi.unstubAllEnvs();
    });

    const publish = (number: number, text = parts[number - 1] ?? ""): unknown =>
      execFileSync("python3", ["-c", makeWheel, index, `carrier${number}`, text]);

    const model: CatalogueModel = {
      id: "model",
      label: "Model",
      bytes: whole.length,
      sha256,
      licence: "MIT",
      memoryBytes: 1,
      nativeThinking: false,
      contextTokens: 2048,
      sources: [
        { kind: "hub", repository: "owner/repository", revision: "main", file: "model.gguf" },
        {
          kind: "packages",
          parts: [1, 2].map((n) => ({
            requirement: `carrier${n}==1.0`,
            file: `carrier${n}/data.bin`,
          })),
        },
      ],
    };

    async function pull(
      signal = new AbortController().signal,
      onProgress = (_: DownloadProgress): void => {},
    ): Promise<number[]> {
      const completed: number[] = [];
      await new Puller(models, deadHub).pull(model, signal, (one) => {
        if (one.completed !== undefined) completed.push(one.completed);
        onProgress(one);
      });
      return completed;
    }

    it("joins the parts in their order when the hub cannot be reached, and goes on with one that was missing", async () => {
      publish(1);
      await expect(pull()).rejects.toMatchObject({
        failure: { kind: "downloadFailed", what: "model.gguf" },
      });
      publish(2);
      expect(await pull()).toEqual([12, whole.length]);
      expect(await readFile(join(models, "model.gguf"), "utf8")).toBe(whole);
      expect(await readdir(models)).toEqual(["model.gguf"]);
    });

    it("goes on after it was cancelled", async () => {
      for (const number of [1, 2]) publish(number);
      const stop = new AbortController();
      const reason = new Error("stopped");
      await expect(
        pull(stop.signal, ({ completed }) => {
          if (completed === 12) stop.abort(reason);
        }),
      ).rejects.toBe(reason);
      expect(await pull()).toEqual([12, whole.length]);
    });

    it("keeps no file whose digest is wrong", async () => {
      for (const number of [1, 2]) publish(number, number === 2 ? "damaged part," : undefined);
      await expect(pull()).rejects.toMatchObject({
        failure: { kind: "checksumMismatch", expected: sha256 },
      });
      expect(await readdir(models)).toEqual([]);
    });
  },
);
