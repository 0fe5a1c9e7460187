import type { Node, Tree } from "@vscode/tree-sitter-wasm";
import type { SyntaxCheck } from "../protocol/syntax";
import type { LanguageRules } from "./language-rules";
import type { LineTable } from "./line-table";

const maxErrors = 100;

/**
 * Where the text does not fit its grammar, or its language. Where something is missing the range is
 * empty.
 */
export function syntaxCheck(tree: Tree, lines: LineTable, rules: LanguageRules): SyntaxCheck {
  const root = tree.rootNode;
  const errors = strays(root, rules).map((node) => lines.rangeOf(node.startIndex, node.endIndex));
  if (!root.hasError) return { errors };
  const waiting: Node[] = [root];
  for (
    let node = waiting.pop();
    node !== undefined && errors.length < maxErrors;
    node = waiting.pop()
  ) {
    if (node.isError || node.isMissing) {
      errors.push(lines.rangeOf(node.startIndex, node.endIndex));
      continue;
    }
    const broken = node.children
      .filter((child) => child !== null && (child.hasError || child.isMissing))
      .toReversed();
    // What is missing may be a token that the tree does not show, such as the line end between two
    // statements of Python.
    if (broken.length === 0) errors.push(lines.rangeOf(node.startIndex, node.endIndex));
    for (const child of broken) if (child !== null) waiting.push(child);
  }
  return { errors };
}

/** Statements that the grammar lets stand outside of all functions, and the language does not. */
function strays(root: Node, { strays: types = {} }: LanguageRules): readonly Node[] {
  if (Object.keys(types).length === 0) return [];
  const found = root.namedChildren.filter((node) => node !== null && types[node.type]?.(node));
  return found.flatMap((node) => node ?? []).slice(0, maxErrors);
}
