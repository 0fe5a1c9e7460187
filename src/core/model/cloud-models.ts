import { FailureError } from "../failure-error";

/**
 * Whether a model's name says that it runs off this machine: its tag is `cloud` or ends in
 * `-cloud`.
 */
export function isCloudName(name: string): boolean {
  const tag = name.includes(":") ? name.slice(name.lastIndexOf(":") + 1).toLowerCase() : "";
  return tag === "cloud" || tag.endsWith("-cloud");
}

/**
 * Where a model really runs when that is not this machine: the host, or "cloud" when only its name
 * says so.
 */
export function remoteHostOf(name: string, remoteHost: unknown): string | undefined {
  if (typeof remoteHost === "string" && remoteHost !== "") return remoteHost;
  return isCloudName(name) ? "cloud" : undefined;
}

/**
 * @throws FailureError `cloudModelRefused` when the model runs elsewhere and the person has not
 * allowed it by name.
 */
export function refuseUnallowedCloudModel(
  name: string,
  remoteHost: unknown,
  allowed: readonly string[],
): void {
  const host = remoteHostOf(name, remoteHost);
  if (host === undefined || allowed.some((one) => fullName(one) === fullName(name))) return;
  throw new FailureError({
    kind: "cloudModelRefused",
    model: name,
    ...(host === "cloud" ? {} : { host }),
  });
}

/** A name without a tag means the tag `latest`; names do not differ by case. */
export function fullName(name: string): string {
  const lower = name.toLowerCase();
  return lower.slice(lower.lastIndexOf("/") + 1).includes(":") ? lower : `${lower}:latest`;
}
