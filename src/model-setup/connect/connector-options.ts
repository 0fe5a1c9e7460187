import type { Memory } from "../../base/machine-memory";
import type { Log } from "../../core/log";
import type { BuiltInEngine } from "../engine/built-in-engine";
import type { Folders } from "../folders";
import type { Network } from "../network";
import type { ModelSettings } from "../settings/settings";

export interface ConnectorOptions {
  /** Read at every use. */
  settings(): ModelSettings;
  /** Absent where the product comes without one. */
  readonly engine?: BuiltInEngine;
  readonly folders: Folders;
  readonly consent: {
    /** Whether the person agreed that the built-in engine runs when Ollama has no model. */
    builtIn(): boolean;
  };
  /**
   * The value of an `Authorization` header that the person entered for an endpoint; it goes before
   * the one in the address. `invalidate` is to be called when it changed.
   */
  credentials?(endpoint: string): Promise<string | undefined>;
  /** The way to other machines; absent: as the environment says. */
  readonly network?: Network;
  readonly log: Log;
  readonly env?: Readonly<Record<string, string | undefined>>;
  memory?(): Memory;
  /** Milliseconds of a clock that never goes back. */
  now?(): number;
}

/** The options with what is absent filled in. */
export type KnownOptions = ConnectorOptions & Required<Pick<ConnectorOptions, "env">>;
