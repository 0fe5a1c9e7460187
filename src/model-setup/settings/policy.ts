import { isRecord } from "../../base/guards";
import { FailureError } from "../../core/failure-error";
import { isLoopback } from "../../core/model/normalise-endpoint";

/**
 * What whoever runs the machine allows. No workspace and no person without the machine's settings
 * can loosen it.
 */
export interface Policy {
  /** `any`; `loopback`: this machine only; `allowList`: this machine, and what `allow` names. */
  readonly reach: "any" | "loopback" | "allowList";
  /**
   * Hosts, with a port where only that one is meant: `gpu.example.org`, `10.0.0.5:8000`,
   * `*.example.org`.
   */
  readonly allow: readonly string[];
  /** `ask`: each by its name, once; `never`. */
  readonly cloudModels: "ask" | "never";
}

export const noPolicy: Policy = { reach: "any", allow: [], cloudModels: "ask" };
/**
 * What holds where the policy cannot be read: a rule that was meant must not be lost by a typing
 * error.
 */
const strictest: Policy = { reach: "loopback", allow: [], cloudModels: "never" };

const problem =
  'The setting "policy" cannot be read, so only this machine is asked until it is right.';

export function readPolicy(value: unknown): {
  readonly policy: Policy;
  readonly problems: readonly string[];
} {
  if (value === undefined || value === null) return { policy: noPolicy, problems: [] };
  if (!isRecord(value)) return { policy: strictest, problems: [problem] };
  const { reach = noPolicy.reach, allow = [], cloudModels = noPolicy.cloudModels } = value;
  const isReach = reach === "any" || reach === "loopback" || reach === "allowList";
  const isCloud = cloudModels === "ask" || cloudModels === "never";
  const isList = Array.isArray(allow) && allow.every((each) => typeof each === "string");
  const known = Object.keys(value).every((key) => Object.hasOwn(noPolicy, key));
  if (!isReach || !isCloud || !isList || !known) return { policy: strictest, problems: [problem] };
  return { policy: { reach, allow, cloudModels }, problems: [] };
}

/** @throws FailureError `policyForbids` where the endpoint is none that the policy allows. */
export function refuseForbidden(endpoint: string, { reach, allow }: Policy): void {
  if (reach === "any" || isLoopback(endpoint)) return;
  if (reach === "allowList" && allow.some((each) => names(each, endpoint))) return;
  throw new FailureError({ kind: "policyForbids", what: endpoint, rule: reach });
}

/**
 * No yes is asked for where it would change nothing. @throws FailureError `policyForbids` for a
 * model of the cloud that the policy never allows.
 */
export function refuseByPolicy(refused: FailureError, { cloudModels }: Policy): void {
  const { failure } = refused;
  if (failure.kind !== "cloudModelRefused" || cloudModels !== "never") return;
  const forbidden = { kind: "policyForbids", what: failure.model, rule: "cloudModels" } as const;
  throw new FailureError(forbidden, { cause: refused });
}

function names(allowed: string, endpoint: string): boolean {
  const { hostname, port, protocol } = new URL(endpoint);
  const [, host = "", wantedPort] = /^(.*?)(?::(\d+))?$/.exec(allowed.trim().toLowerCase()) ?? [];
  const ownPort = port === "" ? (protocol === "https:" ? "443" : "80") : port;
  if (wantedPort !== undefined && wantedPort !== ownPort) return false;
  return host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname === host;
}
