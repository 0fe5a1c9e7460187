import { defined } from "../../../base/defined";
import type { Target } from "../../../protocol/document";
import type { UnplacedEdit } from "../../../protocol/proposal";
import type { Refusal } from "./propose";

/**
 * What a person needs to place an edit by hand; undefined when the refusal is about something else
 * than a place.
 */
export function unplacedEdit(refusal: Refusal, target: Target): UnplacedEdit | undefined {
  const { code, message, failed, candidates, fine, file = target, beside = [] } = refusal;
  const misplaced =
    code === "noMatch" || code === "ambiguous" || code === "stale" || code === "overlap";
  if (
    !misplaced ||
    failed === undefined ||
    (failed.replace.trim() === "" && (failed.search ?? "").trim() === "")
  )
    return undefined;
  const halves = ({ search, replace }: { readonly search?: string; readonly replace: string }) => ({
    ...defined({ search }),
    replace,
  });
  return {
    id: crypto.randomUUID(),
    uri: file.uri,
    path: file.path,
    languageId: file.languageId,
    reason: message,
    ...halves(failed),
    candidates: candidates
      .filter((each) => each.path === file.path)
      .map(({ startLine, endLine }) => ({ startLine, endLine })),
    others: fine.filter(({ path = file.path }) => path === file.path).map(halves),
    ...(beside.length === 0 ? {} : { beside }),
  };
}
