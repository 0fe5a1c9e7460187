import { randomInt } from "node:crypto";
import { type AddressInfo, createServer, type Server } from "node:net";

/**
 * Has the server listen at a port of this machine from now on. The port lies below those that a
 * system gives to servers and connections that name none (from 32,768 on with Linux, 49,152
 * elsewhere), so that nobody answers there once the server is closed: a test beside this one was
 * given such a port at once, and "nobody listens" became "something else listens".
 * @param port where it has to be that one. Rejects with EADDRINUSE when somebody has it.
 * @returns the port.
 */
export async function listening(server: Server, port?: number): Promise<number> {
  for (;;) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port ?? randomInt(10_240, 32_768), "127.0.0.1", () => {
          server.off("error", reject);
          resolve();
        });
      });
      return (server.address() as AddressInfo).port;
    } catch (error) {
      if (port !== undefined || (error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    }
  }
}

/** A port of this machine where nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
