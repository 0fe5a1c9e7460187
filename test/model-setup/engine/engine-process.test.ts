import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failureOf } from "../../../src/core/failure-error";
import { EngineProcess } from "../../../src/model-setup/engine/engine-process";
import {
  buildEngine,
  call,
  chat,
  linesOf,
  modelsFolder,
  prepareEngine,
  runtimeFolder,
  smallModel,
} from "../../built-in-engine/engine-fixture";

const missing = await prepareEngine();

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function failure(work: Promise<unknown>): Promise<ReturnType<typeof failureOf>> {
  return work.then(
    () => Promise.reject(new Error("it did not fail")),
    (thrown: unknown) => failureOf(thrown),
  );
}

describe.skipIf(missing !== undefined)(
  `the engine's process${missing === undefined ? "" : ` (${missing})`}`,
  { timeout: 60_000 },
  () => {
    let script: string;
    let remove: () => void;
    const engines: EngineProcess[] = [];
    const newEngine = (
      more: Partial<ConstructorParameters<typeof EngineProcess>[0]> = {},
    ): EngineProcess => {
      const engine = new EngineProcess({
        script,
        runtimeFolder,
        modelsFolder,
        modelFiles: [],
        threads: 1,
        ...more,
      });
      engines.push(engine);
      return engine;
    };

    beforeAll(async () => {
      ({ script, remove } = await buildEngine());
    }, 60_000);
    afterAll(async () => {
      await Promise.all(engines.map((engine) => engine.dispose()));
      remove();
    });

    it("starts once for all who ask at the same time", async () => {
      const engine = newEngine();
      const [one, two] = await Promise.all([engine.ensureRunning(), engine.ensureRunning()]);
      expect(two).toEqual(one);
      expect((await call(engine, "/api/version")).status).toBe(200);
    });

    it.runIf(process.platform === "linux")(
      "keeps the secret out of what other users of the machine can read",
      async () => {
        const engine = newEngine();
        const { headers } = await engine.ensureRunning();
        const secret = (headers["authorization"] ?? "").replace("Bearer ", "");
        expect(Buffer.from(secret, "base64url")).toHaveLength(32);
        for (const file of ["cmdline", "environ"])
          expect(readFileSync(`/proc/${engine.pid}/${file}`, "utf8")).not.toContain(secret);
      },
    );

    it("comes back with the next request after it was killed in the middle of an answer", async () => {
      const engine = newEngine();
      const response = await call(engine, "/api/chat", {
        model: smallModel,
        messages: [{ role: "user", content: "Tell a long story." }],
        think: false,
      });
      await expect(
        (async () => {
          for await (const line of linesOf(response)) {
            if (line.message?.content && engine.pid !== undefined)
              process.kill(engine.pid, "SIGKILL");
          }
        })(),
      ).rejects.toThrow();
      await expect.poll(() => engine.lastExit, { timeout: 2_000 }).toBe("signal SIGKILL");
      const after = await chat(engine, {
        messages: [{ role: "user", content: "Hi" }],
        options: { num_predict: 2 },
      });
      expect(after.last.done).toBe(true);
    });

    it("ends within a second when it is told to, also in the middle of reading a prompt", async () => {
      const engine = newEngine();
      const text = "The quick brown fox jumps over the lazy dog. ".repeat(400);
      const body = {
        model: smallModel,
        messages: [{ role: "user", content: text }],
        options: { num_ctx: 8192 },
      };
      const response = await call(engine, "/api/chat", body);
      const pid = engine.pid ?? 0;
      for await (const line of linesOf(response))
        if ((line.thinkaloud_progress?.done ?? 0) > 50) break;
      const startedAt = performance.now();
      await engine.dispose();
      expect(performance.now() - startedAt).toBeLessThan(1_000);
      expect(alive(pid)).toBe(false);
      expect(await failure(engine.ensureRunning())).toMatchObject({ kind: "engineCrashed" });
    });

    it("does not outlive the process that started it", async () => {
      const config = { runtimeFolder, modelsFolder, modelFiles: [], secret: "s" };
      const program = `
      const engine = require("node:child_process").spawn(process.execPath, [${JSON.stringify(script)}], { stdio: ["pipe", "pipe", "ignore"] });
      engine.stdin.write(${JSON.stringify(`${JSON.stringify(config)}\n`)});
      engine.stdout.once("data", () => console.log(engine.pid));`;
      const parent = spawn(process.execPath, ["-e", program], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const pid = await new Promise<number>((resolve) =>
        parent.stdout.once("data", (text) => resolve(Number(text))),
      );
      expect(alive(pid)).toBe(true);
      parent.kill("SIGKILL");
      await expect.poll(() => alive(pid), { timeout: 3_000 }).toBe(false);
    });

    it("says that the engine is not installed, and how it ended when it does not start", async () => {
      const folder = await mkdtemp(join(tmpdir(), "thinkaloud-"));
      try {
        expect(await failure(newEngine({ runtimeFolder: folder }).ensureRunning())).toMatchObject({
          kind: "engineNotInstalled",
        });
        const broken = join(folder, "broken.cjs");
        await writeFile(broken, "console.error('no such thing'); process.exit(3);");
        const engine = newEngine({ script: broken });
        expect(await failure(engine.ensureRunning())).toEqual({
          kind: "engineCrashed",
          exit: "no such thing",
        });
        await writeFile(broken, readFileSync(script));
        await engine.ensureRunning();
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });

    it("lets a caller give up waiting for the start", async () => {
      const reason = new Error("enough");
      const stop = new AbortController();
      const waiting = newEngine().ensureRunning(stop.signal);
      stop.abort(reason);
      await expect(waiting).rejects.toBe(reason);
    });
  },
);
