import { Lines } from "../../../base/text/lines";
import type { Target } from "../../../protocol/document";
import type { Proposal, SyntaxVerdict } from "../../../protocol/proposal";
import type { EditSyntax } from "../../edit/edit-plan";
import { hunksOf } from "../../edit/hunks";
import { newFileUri } from "./new-file-uri";

const openingFence = /^\s{0,3}(`{3,}|~{3,})/;

/**
 * Proposes the answer's longest code block as a new file beside the target.
 * @param path of the new file, relative like the target's.
 * @returns undefined when the answer holds no closed code block, or no file can be beside the
 * target, which was never saved.
 */
export async function proposeFile(
  answer: string,
  path: string,
  target: Target,
  syntax: EditSyntax,
): Promise<Proposal | undefined> {
  const code = longestBlock(answer);
  if (code === undefined) return undefined;
  const uri = newFileUri(target, path);
  if (uri === undefined) return undefined;
  const proposed = `${code}\n`;
  return {
    id: crypto.randomUUID(),
    files: [
      {
        uri,
        path,
        languageId: target.languageId,
        change: "create",
        base: "",
        proposed,
        hunks: hunksOf("", proposed),
        match: "exact",
        syntax: await verdictOf(proposed, target.languageId, syntax),
        notices: [],
      },
    ],
  };
}

async function verdictOf(
  text: string,
  languageId: string,
  syntax: EditSyntax,
): Promise<SyntaxVerdict> {
  const check = await syntax.check(languageId, text).catch(() => undefined);
  if (check === undefined) return "unknown";
  return check.errors.length === 0 ? "clean" : "broken";
}

function longestBlock(answer: string): string | undefined {
  let longest: string | undefined;
  let open: { readonly fence: string; readonly lines: string[] } | undefined;
  for (const line of Lines.of(answer).bare) {
    const fence = openingFence.exec(line)?.[1];
    if (open === undefined) {
      if (fence !== undefined) open = { fence, lines: [] };
    } else if (fence?.startsWith(open.fence) && line.trim() === fence) {
      const code = open.lines.join("\n").trimEnd();
      if (code.trim() !== "" && code.length > (longest?.length ?? 0)) longest = code;
      open = undefined;
    } else {
      open.lines.push(line);
    }
  }
  return longest;
}
