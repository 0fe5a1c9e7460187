import { basename, join } from "node:path";
import { defined } from "../base/defined";
import type { Memory } from "../base/machine-memory";
import { FailureError } from "../core/failure-error";
import type { Log } from "../core/log";
import type { Connection } from "../core/model/connection";
import type { ModelDaemon, ModelServer } from "../core/model/language-model";
import { type Address, isLoopback } from "../core/model/normalise-endpoint";
import type { Failure } from "../protocol/failure";
import type { BuiltInEngine } from "./built-in-engine";
import { downloadedModels } from "./built-in-offer";
import { chooseModel } from "./choose-model";
import type { ContextSizes } from "./context-sizes";
import { daemonWarnings } from "./daemon-warnings";
import { type ChosenServer, chosenServer, nameOf } from "./endpoints";
import type { EngineEndpoint } from "./engine-process";
import { probeDaemon } from "./find-daemon";
import { type Folders, thisMachine } from "./folders";
import { builtInEndpoint } from "./home";
import { modelBudgetBytes } from "./memory";
import { refuseForbidden } from "./policy";
import { resolveModel } from "./resolve-model";
import type { ModelSettings } from "./settings";
import { findOllama, type OllamaInstallation, startOllama } from "./start-ollama";

/** What a search may use and touch. */
export interface Surroundings {
  readonly settings: ModelSettings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folders: Folders;
  readonly engine: BuiltInEngine | undefined;
  /** Whether the person agreed to the built-in engine. */
  readonly builtInAgreed: boolean;
  /** Whether the person agreed that Ollama is started for them. */
  readonly startAgreed: boolean;
  readonly sizes: ContextSizes;
  readonly log: Log;
  memory(): Memory;
  ollamaAt(address: Address): ModelDaemon;
  serverAt(server: ChosenServer): Promise<ModelServer>;
  engineAt(place: EngineEndpoint): ModelDaemon;
}

export type Found =
  | {
      readonly kind: "connected";
      readonly connection: Connection;
      readonly engine: "ollama" | "server" | "builtin";
      /** The name of the server's entry. */
      readonly server?: string;
      /** What the person should know of the server. */
      readonly warnings?: readonly string[];
    }
  /** All is there, and the engine is started with the first request. */
  | { readonly kind: "engineWaits"; readonly model: string };

/**
 * Finds the model to ask: at the chosen server (Ollama, or another) if it answers and has one, else in the built-in engine once the person agreed to it.
 * @param start whether processes may be started; without it nothing but questions is asked.
 * @throws FailureError that says why there is none.
 */
export async function findModel(
  around: Surroundings,
  start: boolean,
  signal: AbortSignal,
): Promise<Found> {
  const { engine } = around.settings;
  if (engine === "builtin") return findInEngine(around, start, signal);
  try {
    return await findAtServer(around, start, signal);
  } catch (thrown) {
    const mayFallBack = engine === "auto" && around.builtInAgreed && around.engine !== undefined;
    if (!(thrown instanceof FailureError && mayFallBack && isAboutDaemon(thrown.failure)))
      throw thrown;
    around.log.info(
      `no model at the endpoint (${thrown.failure.kind}), so the built-in engine is looked at`,
    );
    try {
      return await findInEngine(around, start, signal);
    } catch (second) {
      // That the stand-in is not complete either is not what the person has to hear first.
      if (second instanceof FailureError && isIncomplete(second.failure)) throw thrown;
      throw second;
    }
  }
}

async function findAtServer(
  around: Surroundings,
  start: boolean,
  signal: AbortSignal,
): Promise<Found> {
  const { endpoint, endpoints, policy } = around.settings;
  const server = chosenServer(endpoint, endpoints, around.env);
  refuseForbidden(server.address.endpoint, policy);
  const { name } = server;
  const named = name === undefined ? {} : { server: name };
  try {
    if (server.kind === "openai") {
      const connection = await askServer(around, server, signal);
      return { kind: "connected", connection, engine: "server", ...named };
    }
    const { connection, version } = await findInOllama(around, server.address, start, signal);
    const warnings = daemonWarnings(version);
    return {
      kind: "connected",
      connection,
      engine: "ollama",
      ...named,
      ...(warnings.length > 0 && { warnings }),
    };
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    const { failure } = thrown;
    if (failure.kind === "cloudModelRefused" && policy.cloudModels === "never") {
      const forbidden = {
        kind: "policyForbids",
        what: failure.model,
        rule: "cloudModels",
      } as const;
      throw new FailureError(forbidden, { cause: thrown });
    }
    if (server.kind === "ollama") throw thrown;
    throw new FailureError({ ...failure, server: nameOf(server) }, { cause: thrown });
  }
}

/** A server lists its models in one answer, so that answer is the probe as well. */
async function askServer(
  around: Surroundings,
  server: ChosenServer,
  signal: AbortSignal,
): Promise<Connection> {
  const { settings, sizes, memory } = around;
  const model = await around.serverAt(server);
  const { endpoint: home } = model;
  return resolveModel({ model, wish: settings.model, settings, sizes, home, memory }, signal);
}

interface InOllama {
  readonly connection: Connection;
  readonly version: string;
}

async function findInOllama(
  around: Surroundings,
  address: Address,
  start: boolean,
  signal: AbortSignal,
): Promise<InOllama> {
  const model = around.ollamaAt(address);
  try {
    return await askOllama(around, model, signal);
  } catch (thrown) {
    const unreachable =
      thrown instanceof FailureError && thrown.failure.kind === "daemonUnreachable";
    if (!(unreachable && start && around.startAgreed)) throw thrown;
    if (!(await startInstalledOllama(around, model, signal))) throw thrown;
    return await askOllama(around, model, signal);
  }
}

/** @returns false when Ollama is not installed here, or the endpoint is another machine. */
export async function startInstalledOllama(
  around: Surroundings,
  model: ModelDaemon,
  signal: AbortSignal,
): Promise<boolean> {
  const installation = installedOllama(around, model.endpoint);
  if (installation === undefined) return false;
  around.log.info(`starting Ollama: ${installation.file}`);
  await startOllama({
    installation,
    endpoint: model.endpoint,
    probe: (limited) => answers(model, limited),
    logFile: join(around.folders.logs, "ollama.log"),
    env: around.env,
    signal,
  });
  return true;
}

/** The Ollama that could be started to answer there. */
export function installedOllama(
  { env }: Surroundings,
  endpoint: string,
): OllamaInstallation | undefined {
  return isLoopback(endpoint) ? findOllama({ ...thisMachine(), env }) : undefined;
}

/** All questions go out together: to a daemon that is well they take one round trip, and to any other only the first one counts. */
async function askOllama(
  around: Surroundings,
  model: ModelDaemon,
  signal: AbortSignal,
): Promise<InOllama> {
  const { settings, sizes, memory } = around;
  const own = new AbortController();
  const resolving = resolveModel(
    {
      model,
      wish: settings.model,
      settings,
      sizes,
      home: model.endpoint,
      memory,
    },
    AbortSignal.any([signal, own.signal]),
  );
  // Who answers is known only after the probe; until then a failure of the rest says nothing.
  resolving.catch(() => {});
  try {
    const version = await probeDaemon(model, signal);
    return { connection: await resolving, version };
  } finally {
    own.abort();
  }
}

async function answers(model: ModelDaemon, signal: AbortSignal): Promise<boolean> {
  try {
    await probeDaemon(model, signal);
    return true;
  } catch (thrown) {
    if (thrown instanceof FailureError && thrown.failure.kind === "daemonUnreachable") return false;
    throw thrown;
  }
}

async function findInEngine(
  around: Surroundings,
  start: boolean,
  signal: AbortSignal,
): Promise<Found> {
  const { settings, engine, sizes, memory } = around;
  if (engine === undefined)
    throw new FailureError({ kind: "engineNotInstalled", cause: "there is none in this build" });
  const wish = builtInWish(settings);
  const models = downloadedModels(around.folders.models, settings.modelFile);
  const choice = chooseModel({
    models,
    loaded: [],
    wish,
    allowedCloudModels: [],
    memoryBytes: modelBudgetBytes(memory()),
  });
  if (choice.kind !== "chosen") {
    if (settings.modelFile !== "" && settings.model === "") {
      throw new FailureError({
        kind: "modelFileUnreadable",
        path: settings.modelFile,
        cause: "there is no such file",
      });
    }
    if (wish !== "") throw new FailureError({ kind: "modelMissing", model: wish });
    const baseModel = models.find(({ hasChatTemplate }) => hasChatTemplate === false)?.name;
    throw new FailureError({
      kind: "noChatModel",
      endpoint: builtInEndpoint,
      ...defined({ baseModel }),
    });
  }
  if (!(await engine.installed()))
    throw new FailureError({ kind: "engineNotInstalled", cause: "it was not installed yet" });
  if (!start) return { kind: "engineWaits", model: choice.name };
  const place = await engine.ensureRunning(settings.modelFile, signal);
  const model = around.engineAt(place);
  return {
    kind: "connected",
    engine: "builtin",
    connection: await resolveModel(
      {
        model,
        wish: choice.name,
        settings,
        sizes,
        home: builtInEndpoint,
        memory,
      },
      signal,
    ),
  };
}

/** The model that the settings name for the engine, which serves a file under its name without the suffix. */
export function builtInWish(settings: ModelSettings): string {
  return settings.model !== ""
    ? settings.model
    : basename(settings.modelFile).replace(/\.gguf$/i, "");
}

/** Failures that another engine cures; the others are for the person to decide. */
function isAboutDaemon(failure: Failure): boolean {
  return ![
    "invalidEndpoint",
    "credentialsWanted",
    "cloudModelRefused",
    "policyForbids",
    "signInRequired",
  ].includes(failure.kind);
}

function isIncomplete(failure: Failure): boolean {
  return ["engineNotInstalled", "noChatModel", "modelMissing"].includes(failure.kind);
}
