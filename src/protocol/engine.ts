/**
 * How the built-in engine's process is started: the configuration goes in as one JSON line on
 * standard input (so that the secret is in no argument list and no environment that another user
 * can read), and the first line on standard output says where it listens. Closing standard input
 * ends the process, so that it never outlives its parent.
 */
export interface EngineConfig {
  /** Folder whose node_modules holds `node-llama-cpp`. */
  readonly runtimeFolder: string;
  /** Folder where downloaded models are kept. */
  readonly modelsFolder: string;
  /** GGUF files outside that folder that the person named. */
  readonly modelFiles: readonly string[];
  /** Every request must carry `Authorization: Bearer <secret>`. */
  readonly secret: string;
  /** 0 or absent: as many as there are real cores. */
  readonly threads?: number;
}

/** The first line on standard output. */
export type EngineHello =
  | { readonly kind: "listening"; readonly port: number }
  | { readonly kind: "failed"; readonly message: string };
