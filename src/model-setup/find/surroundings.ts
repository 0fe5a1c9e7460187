import type { Memory } from "../../base/machine-memory";
import type { Log } from "../../core/log";
import type { Connection } from "../../core/model/connection";
import type { ModelDaemon, ModelServer } from "../../core/model/language-model";
import type { Address } from "../../core/model/normalise-endpoint";
import type { Setup } from "../../protocol/setup";
import type { BuiltInEngine } from "../engine/built-in-engine";
import type { EngineEndpoint } from "../engine/engine-process";
import type { Folders } from "../folders";
import type { ContextSizes } from "../models/context-sizes";
import type { ChosenServer } from "../settings/endpoints";
import type { ModelSettings } from "../settings/settings";

/** What a search for a model may use and touch. */
export interface Surroundings {
  readonly settings: ModelSettings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folders: Folders;
  readonly engine: BuiltInEngine | undefined;
  /** Whether the person agreed to the built-in engine. */
  readonly builtInAgreed: boolean;
  readonly sizes: ContextSizes;
  readonly log: Log;
  memory(): Memory;
  /** How far things are, while the search waits for somebody. */
  tell(setup: Setup): void;
  ollamaAt(address: Address): ModelDaemon;
  serverAt(server: ChosenServer): Promise<ModelServer>;
  engineAt(place: EngineEndpoint): ModelDaemon;
}

/** A model that is ready to be asked. */
export interface Connected {
  readonly kind: "connected";
  readonly connection: Connection;
  readonly engine: "daemon" | "server" | "builtin";
  /** The name of the server's entry. */
  readonly server?: string;
  /** What the person should know of the server. */
  readonly warnings?: readonly string[];
}

export type Found =
  | Connected
  /** All is there, and the engine is started with the first request. */
  | { readonly kind: "engineWaits"; readonly model: string };
