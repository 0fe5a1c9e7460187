export interface ServerOptions {
  /** Path of a Node 24. */
  readonly node: string;
  /** Path of VS Code's server-main.js. */
  readonly main: string;
  readonly dataFolder: string;
  readonly extensionsFolder: string;
  /** Secret that every request must carry as `tkn`. */
  readonly token: string;
  /** 0 or absent: any free one. */
  readonly port?: number;
  readonly flags?: readonly string[];
  /** Added to this process's own; the extension host inherits it. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Server {
  readonly port: number;
  readonly exited: Promise<unknown>;
  /** Ends the server and every process that it or an extension started. */
  stop(): Promise<void>;
}

/** Starts VS Code's server on loopback. Rejects with the server's own output when it does not come up within a minute. */
export function startServer(options: ServerOptions): Promise<Server>;
export function writeSettings(
  dataFolder: string,
  settings: Readonly<Record<string, unknown>>,
): void;
export const quietSettings: Readonly<Record<string, unknown>>;
