import { type AddressInfo, createServer, type Server } from "node:net";

/** The port of this machine at which the server listens from now on. */
export async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/**
 * A port of this machine where nobody listens, nor will: it is below those that systems hand out by
 * themselves, so that no server of another test gets it meanwhile.
 */
export async function freePort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  const server = createServer();
  const isTaken = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(true)).listen(port, "127.0.0.1", () => resolve(false));
  });
  if (isTaken) return await freePort();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
