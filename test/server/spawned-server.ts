import { type ChildProcess, spawn } from "node:child_process";
import { renameSync } from "node:fs";
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { buildProduct } from "../support/built-product";

/** The server as it ships. */
export interface BuiltServer {
  readonly module: string;
  readonly grammarsFolder: string;
  remove(): void;
}

/**
 * The server with its grammars in another place than beside it, so that it must be told where they
 * are.
 */
export async function buildServer(): Promise<BuiltServer> {
  const product = await buildProduct();
  const grammarsFolder = product.path("wasm files with spaces");
  renameSync(product.path("grammars"), grammarsFolder);
  return { module: product.path("server.cjs"), grammarsFolder, remove: () => product.remove() };
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
  const child = spawn(process.execPath, [built.module, "--stdio"], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const exited = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const logged: string[] = [];
  connection.onNotification(
    "window/logMessage",
    (params: { message: string }) => void logged.push(params.message),
  );
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
