import type { SyntaxVerdict } from "../../../protocol/proposal";
import type { EditSyntax } from "../edit-plan";

/** Evidence for the person, never the only guard. */
export async function syntaxVerdict(
  syntax: EditSyntax | undefined,
  languageId: string,
  before: string,
  after: string,
): Promise<SyntaxVerdict> {
  if (!syntax) return "unknown";
  try {
    const now = await syntax.check(languageId, after);
    if (now === undefined) return "unknown";
    if (now.errors.length === 0) return "clean";
    const then = await syntax.check(languageId, before);
    return then !== undefined && then.errors.length >= now.errors.length ? "remain" : "broken";
  } catch {
    return "unknown";
  }
}
