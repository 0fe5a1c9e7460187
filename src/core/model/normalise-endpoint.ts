import { FailureError } from "../failure-error";

const defaultPort = "11434";
const portRange = 65_535;

/**
 * Turns what a person types, or what OLLAMA_HOST holds, into the address to send requests to: `scheme://host[:port][/path]` without
 * a slash at the end. Understands the same forms as the daemon: a bare host means http and port 11434, a scheme alone its own port,
 * a bad port the default one; an address that means "every interface" becomes this machine. Giving the result again changes nothing.
 * @throws FailureError `invalidEndpoint` when no address can be made of it, or when it holds a user name or password.
 */
export function normaliseEndpoint(text: string): string {
  const trimmed = text
    .trim()
    .replace(/^["']+|["']+$/g, "")
    .trim();
  const invalid = (cause: string) => new FailureError({ kind: "invalidEndpoint", endpoint: withoutCredentials(trimmed), cause });

  const [, givenScheme, afterScheme = ""] = /^(?:([^:/?#]*):\/\/)?(.*)$/s.exec(trimmed) ?? [];
  const scheme = givenScheme?.toLowerCase();
  if (scheme !== undefined && scheme !== "http" && scheme !== "https") throw invalid("only http and https addresses work");

  const [, authority = "", path = ""] = /^([^/?#]*)([^?#]*)/.exec(afterScheme) ?? [];
  if (authority.includes("@")) throw invalid("it holds a user name or password");

  const { host, port } = splitAuthority(authority);
  const ownPort = scheme === undefined || port === "bad" ? defaultPort : "";
  let url: URL;
  try {
    url = new URL(`${scheme ?? "http"}://${reachable(host)}:${port === "bad" || port === "" ? ownPort : port}`);
  } catch {
    throw invalid("it is not an address");
  }
  return `${url.origin}${path.replace(/\/+$/, "")}`;
}

/** Whether requests to this endpoint stay on this machine. */
export function isLoopback(endpoint: string): boolean {
  let host: string;
  try {
    host = new URL(endpoint).hostname.toLowerCase().replace(/\.$/, "");
  } catch {
    return false;
  }
  if (host === "localhost" || host.endsWith(".localhost") || host === "[::1]") return true;
  return /^127\.\d+\.\d+\.\d+$/.test(host) || /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]+\]$/.test(host);
}

/** `port` is digits, "" when none is named, or "bad". A bare IPv6 address needs no brackets. */
function splitAuthority(authority: string): { host: string; port: string } {
  const bracketed = /^(\[[^\]]*\])(?::(.*))?$/.exec(authority);
  if (bracketed !== null) return { host: bracketed[1] ?? "", port: checkedPort(bracketed[2] ?? "") };
  if (authority.split(":").length > 2) return { host: `[${authority}]`, port: "" };
  const [host = "", port = ""] = authority.split(":");
  return { host, port: checkedPort(port) };
}

function checkedPort(port: string): string {
  if (port === "") return "";
  return /^\d{1,5}$/.test(port) && Number(port) <= portRange ? port : "bad";
}

/** A server may listen on "every address", but a client cannot connect to that (it fails on Windows). */
function reachable(host: string): string {
  if (host === "" || host === "0.0.0.0") return "127.0.0.1";
  return host === "[::]" ? "[::1]" : host;
}

/** Failures are shown and logged, so a password must not be in them. */
function withoutCredentials(text: string): string {
  return text.replace(/^([^:/?#]*:\/\/)?[^/?#]*@/, "$1");
}
