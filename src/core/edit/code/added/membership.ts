import { languageById } from "../../../../base/languages/languages";
import { lineAt } from "../../../../base/text/lines";
import { depthOf, indentOf } from "../../text/indentation";
import type { Declaration } from "../declarations";
import type { EditedFile } from "../edited-file";
import type { DeclarationPair } from "../pair-declarations";

/** Undefined when it could neither be one nor stand by itself. */
export function belongsToClass(
  file: EditedFile,
  lines: readonly string[],
  stranger: Declaration,
  near: DeclarationPair,
  text: readonly string[],
): boolean | undefined {
  const head = lineAt(lines, stranger.head);
  const language = languageById(file.languageId);
  const isMethodForm =
    file.facts.regexLiterals && stranger.kind === "callable" && isScriptMethod(head);
  const isField = isMethodForm && /^\s*[\w$]+\s*=/.test(head);
  if (near.ours.container === undefined) {
    const needsClass =
      (isMethodForm && !isField) ||
      (language?.functionsInClasses === true && stranger.kind === "callable");
    return needsClass ? undefined : false;
  }
  if (language?.functionsInClasses) return true;
  if (file.facts.regexLiterals) return isMethodForm;
  if (language?.methodsBesideTypes) return false;
  if (stranger.kind === "type") return false;
  const columns = depthOf(head) - depthOf(lines[near.theirs.head]);
  if (columns !== 0) return columns > 0;
  const name = stranger.name.replace(/[$]/g, "\\$&");
  const code = text.join("\n");
  if (new RegExp(`(?:self|this|cls|Self|static)\\s*(?:\\.|->|::)\\s*${name}\\b`).test(code))
    return true;
  if (!language?.callsByReceiver) return true;
  if (
    new RegExp(`(?<![\\w.:>])${name}\\s*\\(`).test(code.replace(/\b(?:def|fn|function)\s+\w+/g, ""))
  )
    return false;
  if (indentOf(head) !== "") return true;
  const own = lines.slice(stranger.start, stranger.head + 4).join("\n");
  return (
    /\(\s*(?:&\s*(?:'\w+\s+)?)?(?:mut\s+)?(?:self|cls)\b|@(?:static|class)method|@property/.test(
      own,
    ) || !language.namesSelf
  );
}

/** No `function`, no `const`, no object whose member it becomes. */
function isScriptMethod(head: string): boolean {
  return !/^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:function\b|const\b|let\b|var\b|[\w$]+\.[\w$.]+\s*=)/.test(
    head,
  );
}
