import { remoteHostOf } from "./cloud-models";
import type { Connection } from "./connection";
import { isLoopback } from "./normalise-endpoint";

/** How far a request goes, as far as the address tells. */
export type Locality = "thisMachine" | "localNetwork" | "elsewhere";

/** Addresses that no router of the internet passes on. */
const privateAddress =
  /^(?:10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|\[f[cd]|\[fe[89ab])/;
/** Names that only a network of one's own resolves. */
const privateName = /^[^.]+$|\.(?:local|lan|internal|intranet|home\.arpa|ts\.net)$/;

/** @param endpoint as `addressOf` gives it. What cannot be read is elsewhere. */
export function localityOf(endpoint: string): Locality {
  if (isLoopback(endpoint)) return "thisMachine";
  if (!URL.canParse(endpoint)) return "elsewhere";
  const host = new URL(endpoint).hostname.toLowerCase().replace(/\.$/, "");
  const isNumbers = /^[\d.]+$|^\[/.test(host);
  return (isNumbers ? privateAddress : privateName).test(host) ? "localNetwork" : "elsewhere";
}

/**
 * Whether what is sent to a model stays on this machine: a daemon here may pass it on to a model
 * elsewhere.
 */
export function staysHere({
  model,
  name,
  details,
}: Pick<Connection, "model" | "name" | "details">): boolean {
  const isHere = localityOf(model.endpoint) === "thisMachine";
  return isHere && remoteHostOf(name, details.remoteHost) === undefined;
}
