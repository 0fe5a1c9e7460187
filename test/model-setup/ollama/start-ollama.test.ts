import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { failureOf } from "../../../src/core/failure-error";
import { OllamaModel } from "../../../src/core/model/ollama/ollama-model";
import { probeDaemon } from "../../../src/model-setup/find/find-daemon";
import type { Machine } from "../../../src/model-setup/folders";
import { findOllama } from "../../../src/model-setup/ollama/find-ollama";
import { startOllama } from "../../../src/model-setup/ollama/start-ollama";
import { folderForTest } from "../../support/folder-for-test";
import { freePort, listening } from "../../support/loopback";

let folder: string;
const started: number[] = [];
beforeEach(() => {
  folder = folderForTest("thinkaloud-start-");
});
afterEach(() => {
  for (const pid of started.splice(0)) {
    try {
      process.kill(pid);
    } catch {
      // It has ended by itself.
    }
  }
});

describe("where Ollama is installed", () => {
  const cases: readonly [string, Machine, readonly string[], unknown][] = [
    [
      "Linux, on the path",
      { platform: "linux", env: { PATH: "/opt/x:/usr/bin" }, home: "/h" },
      ["/opt/x/ollama"],
      { file: "/opt/x/ollama", args: ["serve"], app: false },
    ],
    [
      "Linux, from a dock that knows no path",
      { platform: "linux", env: {}, home: "/h" },
      ["/usr/local/bin/ollama"],
      { file: "/usr/local/bin/ollama", args: ["serve"], app: false },
    ],
    [
      "Linux, only by a relative path, which the opened folder could fake",
      { platform: "linux", env: { PATH: ".:bin:" }, home: "/h" },
      ["ollama", "./ollama", "bin/ollama"],
      undefined,
    ],
    [
      "macOS, the application before a bare binary",
      { platform: "darwin", env: { PATH: "/opt/homebrew/bin" }, home: "/Users/a" },
      ["/Applications/Ollama.app/Contents/Resources/ollama", "/opt/homebrew/bin/ollama"],
      { file: "/usr/bin/open", args: ["-j", "-g", "-a", "/Applications/Ollama.app"], app: true },
    ],
    [
      "macOS, from Homebrew",
      { platform: "darwin", env: {}, home: "/Users/a" },
      ["/opt/homebrew/bin/ollama"],
      { file: "/opt/homebrew/bin/ollama", args: ["serve"], app: false },
    ],
    [
      "Windows, the application",
      { platform: "win32", env: { LOCALAPPDATA: "C:\\L" }, home: "C:\\U" },
      ["C:\\L\\Programs\\Ollama\\ollama app.exe"],
      { file: "C:\\L\\Programs\\Ollama\\ollama app.exe", args: [], app: true },
    ],
    [
      "Windows, on the path",
      { platform: "win32", env: { Path: "C:\\bin;D:\\o" }, home: "C:\\U" },
      ["D:\\o\\ollama.exe"],
      { file: "D:\\o\\ollama.exe", args: ["serve"], app: false },
    ],
    ["nowhere", { platform: "linux", env: { PATH: "/usr/bin" }, home: "/h" }, [], undefined],
  ];
  it.each(cases)("%s", (_title, machine, there, expected) => {
    expect(findOllama(machine, (path) => there.includes(path))).toEqual(expected);
  });

  it("a folder or a file that cannot be run is not it", () => {
    writeFileSync(join(folder, "ollama"), "text");
    const found = findOllama({ platform: "linux", env: { PATH: folder }, home: folder });
    expect(found?.file).not.toBe(join(folder, "ollama"));
  });
});

/** A program that behaves as the script says; `OLLAMA_HOST` tells it where to listen. */
function program(script: string): { file: string; args: string[]; app: boolean } {
  const file = join(folder, "ollama");
  writeFileSync(file, `#!${process.execPath}\n${script}\n`);
  chmodSync(file, 0o755);
  return { file, args: ["serve"], app: false };
}

const serving = (pidFile: string): string => `
  require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid) + " " + process.argv[2]);
  console.log("serving");
  const [host, port] = process.env.OLLAMA_HOST.split(":");
  setTimeout(() => require("node:http").createServer((_, response) => response.end('{"version":"0.24.0"}')).listen(Number(port), host), 300);`;

describe.skipIf(process.platform === "win32")("starting Ollama", () => {
  async function start(
    installation: ReturnType<typeof program>,
    port: number,
    timeoutMs: number,
    signal = new AbortController().signal,
  ) {
    const endpoint = `http://127.0.0.1:${port}`;
    const model = new OllamaModel({ endpoint });
    const probe = (limited: AbortSignal): Promise<boolean> =>
      probeDaemon(model, limited).then(
        () => true,
        () => false,
      );
    const logFile = join(folder, "logs", "ollama.log");
    await startOllama({
      installation,
      endpoint,
      probe,
      logFile,
      env: process.env,
      signal,
      timeoutMs,
    });
    return { model, logFile };
  }

  it("waits until the daemon answers where we look for it, and keeps what it prints", async () => {
    const pidFile = join(folder, "pid");
    const { model, logFile } = await start(program(serving(pidFile)), await freePort(), 10_000);
    const [pid, argument] = readFileSync(pidFile, "utf8").split(" ");
    started.push(Number(pid));
    expect(argument).toBe("serve");
    expect(await model.version()).toBe("0.24.0");
    expect(readFileSync(logFile, "utf8")).toContain("serving");
  });

  it("starts nothing where a daemon answers already", async () => {
    const server = createServer((_, response) => response.end('{"version":"0.24.0"}'));
    const pidFile = join(folder, "pid");
    await start(program(serving(pidFile)), await listening(server), 5_000);
    server.close();
    expect(() => readFileSync(pidFile)).toThrow("ENOENT");
  });

  it("a program that ends at once is told of without waiting for the time to be over, with the place of its log", async () => {
    const failing = start(
      program('console.error("no library"); process.exit(3);'),
      await freePort(),
      60_000,
    );
    const failure = await failing.catch(failureOf);
    expect(failure).toMatchObject({
      kind: "daemonUnreachable",
      cause: expect.stringMatching(/code 3; see .*ollama\.log/),
    });
    expect(readFileSync(join(folder, "logs", "ollama.log"), "utf8")).toContain("no library");
  });

  it("a program that cannot be run is told of", async () => {
    const failure = await start(
      { file: join(folder, "none"), args: [], app: false },
      await freePort(),
      60_000,
    ).catch(failureOf);
    expect(failure).toMatchObject({
      kind: "daemonUnreachable",
      cause: expect.stringContaining("ENOENT"),
    });
  });

  it("the wait can be stopped, and gives the stopper's own reason", async () => {
    const stop = new AbortController();
    const reason = new Error("enough");
    const pidFile = join(folder, "pid");
    const waiting = start(
      program(
        `require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setTimeout(() => {}, 20_000);`,
      ),
      await freePort(),
      60_000,
      stop.signal,
    );
    waiting.catch(() => {});
    await expect.poll(() => existsSync(pidFile), { timeout: 10_000 }).toBe(true);
    stop.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    started.push(Number(readFileSync(pidFile, "utf8")));
  });
});
