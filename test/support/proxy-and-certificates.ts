import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listening } from "./loopback";

export interface Certificates {
  /** The file of an authority that nobody knows. */
  readonly authorityFile: string;
  readonly key: string;
  readonly cert: string;
  remove(): void;
}

/** A server's certificate by an authority of its own; undefined where no openssl is at hand. */
export function makeCertificates(host: string): Certificates | undefined {
  const folder = mkdtempSync(join(tmpdir(), "thinkaloud-certificates-"));
  const run = (...args: readonly string[]): void =>
    void execFileSync("openssl", [...args], { cwd: folder, stdio: "ignore" });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  try {
    run(
      ...["req", "-x509", ...newKey, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2"],
      ...["-subj", "/CN=An authority of its own"],
    );
    run("req", ...newKey, "-keyout", "key.pem", "-out", "asked.pem", "-subj", `/CN=${host}`);
    writeFileSync(join(folder, "names"), `subjectAltName=DNS:${host},DNS:localhost\n`);
    run(
      ...["x509", "-req", "-in", "asked.pem", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "2"],
      ...["-CAcreateserial", "-out", "cert.pem", "-extfile", "names"],
    );
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
  return {
    authorityFile: join(folder, "ca.pem"),
    key: readFileSync(join(folder, "key.pem"), "utf8"),
    cert: readFileSync(join(folder, "cert.pem"), "utf8"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface RunningProxy {
  readonly address: string;
  /** What it was asked for, such as `CONNECT models.example.test:443`, with the headers it saw. */
  readonly asked: { readonly line: string; readonly headers: IncomingMessage["headers"] }[];
  /** Connections that are open to it now. */
  open(): number;
  close(): Promise<void>;
}

/**
 * A real proxy that leads to one port of this machine, whatever host it is asked for. @param
 * password a whole header that it wants.
 */
export async function startProxy(targetPort: number, password?: string): Promise<RunningProxy> {
  const asked: RunningProxy["asked"] = [];
  const sockets = new Set<Socket>();
  const lets = (request: IncomingMessage): boolean => {
    asked.push({ line: `${request.method} ${request.url}`, headers: request.headers });
    return password === undefined || request.headers["proxy-authorization"] === password;
  };
  const server = createServer((request, response) => {
    if (!lets(request)) {
      response.writeHead(407).end();
      return;
    }
    const { pathname } = new URL(request.url ?? "");
    const { method, headers } = request;
    const options = { port: targetPort, path: pathname, ...(method && { method }), headers };
    const onward = httpRequest(options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  });
  server.on("connect", (request: IncomingMessage, socket: Socket) => {
    if (!lets(request)) {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
      return;
    }
    const onward = connect(targetPort, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const)
      one.on("error", () => {}).on("close", () => other.destroy());
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  const port = await listening(server);
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    open: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
