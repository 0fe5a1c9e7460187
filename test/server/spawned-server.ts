import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { createProtocolConnection, type ProtocolConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { installedGrammar } from "../syntax/place";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The server as it ships: one bundled file with the grammars in a folder beside it. */
export interface BuiltServer {
  readonly module: string;
  readonly grammarsFolder: string;
  remove(): void;
}

export async function buildServer(): Promise<BuiltServer> {
  const folder = mkdtempSync(join(tmpdir(), "server-"));
  const module = join(folder, "server.cjs");
  await build({
    entryPoints: [join(root, "src/server/main.ts")],
    outfile: module,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    logLevel: "silent",
  });
  const grammarsFolder = join(folder, "wasm files with spaces");
  mkdirSync(grammarsFolder);
  for (const name of ["tree-sitter", "python", "typescript", "javascript", "go"]) {
    symlinkSync(installedGrammar(name), join(grammarsFolder, `${name}.wasm`));
  }
  return { module, grammarsFolder, remove: () => rmSync(folder, { recursive: true }) };
}

export interface SpawnedServer {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  /** What the server logged, in order. */
  readonly logged: string[];
  /** What came out beside the protocol. */
  readonly stderr: () => string;
  readonly exited: Promise<number | null>;
}

export async function startServer(built: BuiltServer, options?: unknown): Promise<SpawnedServer> {
  const child = spawn(process.execPath, [built.module, "--stdio"], { stdio: ["pipe", "pipe", "pipe"] });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const exited = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const logged: string[] = [];
  connection.onNotification("window/logMessage", (params: { message: string }) => void logged.push(params.message));
  connection.onError(() => {});
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    initializationOptions: options ?? { grammarsFolder: built.grammarsFolder },
  });
  await connection.sendNotification("initialized", {});
  return { connection, process: child, logged, stderr: () => errors, exited };
}
