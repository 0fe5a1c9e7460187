import { defined } from "../../base/defined";
import type { Target } from "../../protocol/document";
import type { UnplacedEdit } from "../../protocol/proposal";
import type { EditRefusal } from "../edit/edit-plan";

/** What a person needs to place an edit by hand; undefined when the refusal is about something else than a place. */
export function unplacedEdit(refusal: EditRefusal, target: Target): UnplacedEdit | undefined {
  const { code, message, failed, candidates, fine } = refusal;
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
    uri: target.uri,
    path: target.path,
    languageId: target.languageId,
    reason: message,
    ...halves(failed),
    candidates: candidates
      .filter((each) => each.path === target.path)
      .map(({ startLine, endLine }) => ({ startLine, endLine })),
    others: fine.map(halves),
  };
}
