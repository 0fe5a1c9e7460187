import { isRecord } from "../../base/guards";
import { FailureError } from "../../core/failure-error";
import { type Address, addressOf } from "../../core/model/normalise-endpoint";
import { ollamaAddresses, ollamaHost } from "../../core/model/ollama/ollama-addresses";
import { openAiAddresses } from "../../core/model/openai/openai-addresses";

/** What servers can speak, and how the addresses of each are written. */
export const endpointKinds = { openai: openAiAddresses, ollama: ollamaAddresses } as const;
export type EndpointKind = keyof typeof endpointKinds;
export const kindsOfServers = Object.keys(endpointKinds).filter(isKind);

/** A server that the person named. Its key is in the secret store, for its address. */
export interface Endpoint {
  readonly name: string;
  /** As typed. */
  readonly address: string;
  /** What it speaks. */
  readonly kind: EndpointKind;
}

/** What the settings say of who is asked. */
export interface EndpointSettings {
  /**
   * The name of one of the `endpoints`, or Ollama's address as typed; empty: `OLLAMA_HOST`, else
   * the default address.
   */
  readonly endpoint: string;
  readonly endpoints: readonly Endpoint[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The server that is asked. */
export interface ChosenServer {
  readonly kind: EndpointKind;
  readonly address: Address;
  /** The name of its entry; absent where only an address is known. */
  readonly name?: string;
}

const defaultEndpoint = "http://127.0.0.1:11434";

/**
 * The server to look at: the entry that the setting names, else Ollama at the address in the
 * setting, at `OLLAMA_HOST`, or where it listens by default.
 * @throws FailureError invalidEndpoint.
 */
export function chosenServer(
  { endpoint, endpoints }: EndpointSettings,
  env: Environment,
): ChosenServer {
  const entry = endpoints.find(({ name }) => name === endpoint);
  if (entry !== undefined) return serverOf(entry);
  const address =
    endpoint === ""
      ? addressOf(env["OLLAMA_HOST"]?.trim() || defaultEndpoint, ollamaHost)
      : addressOf(endpoint, ollamaAddresses);
  return { kind: "ollama", address };
}

/** @throws FailureError invalidEndpoint. */
export function serverOf({ name, address, kind }: Endpoint): ChosenServer {
  return { kind, address: addressOf(address, endpointKinds[kind]), name };
}

/** What the person calls the server. */
export function nameOf({ name, address }: ChosenServer): string {
  return name ?? new URL(address.endpoint).host;
}

/**
 * Ollama, whatever else is chosen: models are fetched into it and nowhere else. @throws
 * FailureError invalidEndpoint.
 */
export function ollamaOf(settings: EndpointSettings, env: Environment): ChosenServer {
  const server = chosenServer(settings, env);
  return server.kind === "ollama" ? server : chosenServer({ endpoint: "", endpoints: [] }, env);
}

const maxCharacters = 4_096;

/**
 * Reads the entries that anyone may have written: one that cannot be used is left out, with a
 * sentence about it.
 */
export function readEndpoints(value: unknown): {
  readonly endpoints: readonly Endpoint[];
  readonly problems: readonly string[];
} {
  if (value === undefined || value === null) return { endpoints: [], problems: [] };
  if (!Array.isArray(value))
    return { endpoints: [], problems: ['The setting "endpoints" must be a list.'] };
  const endpoints: Endpoint[] = [];
  const problems: string[] = [];
  for (const [index, entry] of value.entries()) {
    const read = endpointOf(entry);
    const which = `Entry ${index + 1} of the setting "endpoints" is left out`;
    if (typeof read === "string") problems.push(`${which}: ${read}.`);
    else if (endpoints.some(({ name }) => name === read.name))
      problems.push(`${which}: another one is called ${read.name} too.`);
    else endpoints.push(read);
  }
  return { endpoints, problems };
}

function endpointOf(entry: unknown): Endpoint | string {
  if (!isRecord(entry)) return "it is no object";
  const name = lineIn(entry["name"]);
  const address = lineIn(entry["address"]);
  const kind = entry["kind"] ?? "openai";
  if (name === undefined) return "it has no name";
  if (address === undefined) return "it has no address";
  if (!isKind(kind)) return `its kind is none of ${kindsOfServers.join(", ")}`;
  try {
    addressOf(address, endpointKinds[kind]);
  } catch (thrown) {
    if (thrown instanceof FailureError && thrown.failure.kind === "invalidEndpoint")
      return `its address cannot be used, ${thrown.failure.cause}`;
    throw thrown;
  }
  return { name, address, kind };
}

function isKind(value: unknown): value is EndpointKind {
  return typeof value === "string" && Object.hasOwn(endpointKinds, value);
}

function lineIn(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > maxCharacters) return undefined;
  const text = value.trim();
  return text === "" || /\p{Cc}/u.test(text) ? undefined : text;
}
