import { FailureError } from "../failure-error";

/** What an address of an API may leave out, and what people copy along with it. */
export interface AddressForm {
  readonly defaultPort: string;
  /** Paths of the API itself. */
  readonly ownPath: RegExp;
  /** The path that is meant where none is named. */
  readonly path: string;
  /** A port that is none means the API's own, as who listens there takes it. */
  readonly badPortIsOwn?: true;
}

const portRange = 65_535;

/** Where requests go, and what shows there who sends them. */
export interface Address {
  /**
   * `scheme://host[:port][/path]` without a slash at the end, and without a password: it is shown,
   * logged and stored.
   */
  readonly endpoint: string;
  /**
   * The value of an `Authorization` header, made of the user name and password that stood in the
   * address. Never to be shown.
   */
  readonly authorization?: string;
}

/**
 * Turns what a person types, or what the environment holds, into an address: a bare host means http
 * and the API's port, a scheme alone its own port; an address that means
 * "every interface" becomes this machine. The API's own path at its end is taken off. Giving the
 * endpoint again changes nothing.
 * @throws FailureError `invalidEndpoint` when no address can be made of it.
 */
export function addressOf(text: string, form: AddressForm): Address {
  const { defaultPort, ownPath, path: impliedPath, badPortIsOwn } = form;
  const trimmed = text
    .trim()
    .replace(/^["']+|["']+$/g, "")
    .trim();
  const invalid = (cause: string) =>
    new FailureError({ kind: "invalidEndpoint", endpoint: withoutCredentials(trimmed), cause });

  const [, givenScheme, afterScheme = ""] = /^(?:([^:/?#]*):\/\/+)?(.*)$/s.exec(trimmed) ?? [];
  const scheme = givenScheme?.toLowerCase();
  if (scheme !== undefined && scheme !== "http" && scheme !== "https")
    throw invalid("only http and https addresses work");
  // `http:/127.0.0.1` would be taken for a computer called http.
  if (scheme === undefined && /^https?:?[/\\]|^https?:(?!\d+(?:$|[/?#]))/i.test(afterScheme)) {
    throw invalid("two slashes belong behind the colon");
  }

  const [, authority = "", path = ""] = /^([^/?#]*)([^?#]*)/.exec(afterScheme) ?? [];
  const at = authority.lastIndexOf("@");
  if (afterScheme.includes("@", authority.length))
    throw invalid("in a password / is written %2F, ? is %3F and # is %23");
  const { host, port } = splitAuthority(authority.slice(at + 1));
  if (port === "bad" && badPortIsOwn !== true)
    throw invalid("its port is no number from 1 to 65535");
  const ownPort = scheme === undefined || port === "bad" ? defaultPort : "";
  let url: URL;
  try {
    url = new URL(
      `${scheme ?? "http"}://${reachable(host)}:${port === "bad" || port === "" ? ownPort : port}`,
    );
  } catch {
    throw invalid("it is not an address");
  }
  const ownRoot = path.replace(/\/+$/, "").replace(ownPath, "").replace(/\/+$/, "");
  const endpoint = `${url.origin}${ownRoot === "" ? impliedPath : ownRoot}`;
  return at < 0
    ? { endpoint }
    : { endpoint, authorization: givenAuthorization(authority.slice(0, at)) };
}

/**
 * The value of an `Authorization` header.
 * @param user "" for a key alone, which goes as a bearer token.
 */
export function authorizationOf(user: string, secret: string): string {
  if (user === "") return `Bearer ${secret}`;
  const bytes = new TextEncoder().encode(`${user}:${secret}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

/** `user:password` as it stands in an address, where any character may be written as `%41`. */
function givenAuthorization(text: string): string {
  const colon = text.indexOf(":");
  const [user, secret] = colon < 0 ? [text, ""] : [text.slice(0, colon), text.slice(colon + 1)];
  return authorizationOf(unescaped(user), unescaped(secret));
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone percent sign stands for itself.
    return text;
  }
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
  const [, bracketed, behind = ""] = /^(\[[^\]]*\])(?::(.*))?$/.exec(authority) ?? [];
  if (bracketed !== undefined) return { host: bracketed, port: checkedPort(behind) };
  if (authority.split(":").length > 2) return { host: `[${authority}]`, port: "" };
  const [host = "", port = ""] = authority.split(":");
  return { host, port: checkedPort(port) };
}

function checkedPort(port: string): string {
  if (port === "") return "";
  const isPort = /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= portRange;
  return isPort ? port : "bad";
}

/**
 * A server may listen on "every address", but a client cannot connect to that (it fails on
 * Windows).
 */
function reachable(host: string): string {
  if (host === "" || host === "0.0.0.0") return "127.0.0.1";
  return host === "[::]" ? "[::1]" : host;
}

/** Failures are shown and logged, so a password must not be in them. */
function withoutCredentials(text: string): string {
  return text.replace(/^(https?:[/\\]*)?.*@/is, "$1");
}
