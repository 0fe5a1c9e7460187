import { readFile } from "node:fs/promises";
import tls from "node:tls";
import type { Log } from "../core/log";
import { isLoopback } from "../core/model/normalise-endpoint";
import type { Route } from "../core/model/route";

/** What the person set for all connections, as an editor knows it. */
export interface NetworkSettings {
  /** Whether proxies are used at all. */
  readonly usesProxy: boolean;
  /** Address of the proxy; "": what the environment says. */
  readonly proxy: string;
  /** Hosts that are reached without it; none: what the environment says. */
  readonly noProxy: readonly string[];
  /** A whole `Proxy-Authorization` header; "": none. */
  readonly proxyAuthorization: string;
  /** Whether a server has to prove who it is. */
  readonly strictSsl: boolean;
  /** Whether the authorities that the system trusts are believed too. */
  readonly systemCertificates: boolean;
}

export const plainNetwork: NetworkSettings = {
  usesProxy: true,
  proxy: "",
  noProxy: [],
  proxyAuthorization: "",
  strictSsl: true,
  systemCertificates: true,
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds the way to a server: the proxy, the certificates. This machine is always reached directly.
 */
export class Network {
  readonly #settings: () => NetworkSettings;
  readonly #env: Environment;
  readonly #log: Log;
  readonly #routes = new Map<string, Promise<Route>>();

  constructor(settings: () => NetworkSettings, env: Environment, log: Log) {
    this.#settings = settings;
    this.#env = env;
    this.#log = log;
  }

  /** @returns undefined for the plain way. */
  async routeTo(endpoint: string): Promise<Route | undefined> {
    const isEncrypted = endpoint.startsWith("https:");
    const proxy = isLoopback(endpoint) ? "" : this.#proxy(isEncrypted);
    if (proxy === "" && !isEncrypted) return undefined;
    const { systemCertificates, strictSsl, proxyAuthorization } = this.#settings();
    const facts = {
      proxy,
      noProxy: this.#noProxy(),
      ...(proxyAuthorization !== "" && { proxyAuthorization }),
    };
    const key = JSON.stringify([facts, systemCertificates, strictSsl]);
    const route = this.#routes.get(key) ?? this.#withTls(facts, systemCertificates, strictSsl);
    this.#routes.set(key, route);
    return route;
  }

  /**
   * The same for the programs that fetch the engine and its models: what npm, pip and Node read.
   */
  childEnvironment(): Record<string, string> {
    const { proxy, usesProxy, systemCertificates } = this.#settings();
    const certificates: Record<string, string> = systemCertificates
      ? { NODE_USE_SYSTEM_CA: "1" }
      : {};
    if (!usesProxy || proxy === "") return certificates;
    const noProxy = ["localhost", "127.0.0.1", "::1", this.#noProxy()].join(",");
    return {
      ...certificates,
      ...{ HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: noProxy },
      ...{ http_proxy: proxy, https_proxy: proxy, no_proxy: noProxy },
      NODE_USE_ENV_PROXY: "1",
    };
  }

  #proxy(isEncrypted: boolean): string {
    const { usesProxy, proxy } = this.#settings();
    if (!usesProxy) return "";
    if (proxy !== "") return usable(proxy);
    const names = isEncrypted ? ["https_proxy", "http_proxy"] : ["http_proxy"];
    const found = names.map((name) => this.#env[name] ?? this.#env[name.toUpperCase()]);
    return usable(found.find((text) => text !== undefined && text !== "") ?? "");
  }

  #noProxy(): string {
    const { noProxy, proxy } = this.#settings();
    if (noProxy.length > 0 || proxy !== "") return noProxy.join(",");
    return this.#env["no_proxy"] ?? this.#env["NO_PROXY"] ?? "";
  }

  async #withTls(
    facts: Omit<Route, "tls">,
    systemCertificates: boolean,
    strictSsl: boolean,
  ): Promise<Route> {
    const secureContext = await this.#trusted(systemCertificates);
    return {
      ...facts,
      tls: {
        ...(secureContext !== undefined && { secureContext }),
        ...(!strictSsl && { rejectUnauthorized: false }),
      },
    };
  }

  /**
   * To be asked for once a route: to read some hundred certificates at each connection would be
   * felt. Undefined: those that come with Node.
   */
  async #trusted(systemCertificates: boolean): Promise<tls.SecureContext | undefined> {
    const own = await this.#ownAuthorities();
    const system = systemCertificates ? (tls.getCACertificates?.("system") ?? []) : [];
    if (own.length + system.length === 0) return undefined;
    return tls.createSecureContext({ ca: [...tls.rootCertificates, ...system, ...own] });
  }

  async #ownAuthorities(): Promise<readonly string[]> {
    const path = this.#env["NODE_EXTRA_CA_CERTS"] ?? "";
    if (path === "") return [];
    try {
      return [await readFile(path, "utf8")];
    } catch (error) {
      this.#log.warn(`NODE_EXTRA_CA_CERTS cannot be read: ${String(error)}`);
      return [];
    }
  }
}

/** `proxy.example.org:3128` is what many write; what is no address at all is no proxy. */
function usable(text: string): string {
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  return text !== "" && URL.canParse(address) ? address : "";
}
