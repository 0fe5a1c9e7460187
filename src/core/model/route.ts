/** How requests get to a server, where that is not the plain way. */
export interface Route {
  /** Address of the proxy, with a user name and password where it wants them; "": none. */
  readonly proxy: string;
  /** Hosts that are reached without it, separated by commas: `intranet.example.org:8443`. */
  readonly noProxy: string;
  /** What the proxy is sent as `Proxy-Authorization`, where it is not in its address. */
  readonly proxyAuthorization?: string;
  /** Options of the encrypted connection to the server, and to the proxy. */
  readonly tls: Readonly<Record<string, unknown>>;
}

/** The way to an endpoint as it is now; the same object as long as nothing changed. */
export type RouteTo = (endpoint: string) => Promise<Route | undefined>;
