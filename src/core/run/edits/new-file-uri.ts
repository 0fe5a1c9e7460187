import type { Target } from "../../../protocol/document";

/**
 * The URI of a new file at a path that is relative to what the target's is; undefined where the
 * target's URI does not end as its path does.
 */
export function newFileUri(target: Pick<Target, "uri" | "path">, path: string): string | undefined {
  const own = target.path.split("/");
  const wanted = path.split("/");
  let shared = 0;
  while (shared < Math.min(own.length, wanted.length) - 1 && own[shared] === wanted[shared])
    shared++;
  const parts = target.uri.split("/");
  const up = own.length - shared;
  try {
    if (parts.slice(-up).map(decodeURIComponent).join("/") !== own.slice(shared).join("/"))
      return undefined;
  } catch {
    return undefined;
  }
  return [...parts.slice(0, -up), ...wanted.slice(shared).map(encodeURIComponent)].join("/");
}
