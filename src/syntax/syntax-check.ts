import type { Node, Tree } from "@vscode/tree-sitter-wasm";
import type { Range } from "../protocol/document";
import type { SyntaxCheck } from "../protocol/syntax";
import type { LineTable } from "./line-table";

const maxErrors = 100;

/** Where the text does not fit its grammar. Where something is missing the range is empty. */
export function syntaxCheck(tree: Tree, lines: LineTable): SyntaxCheck {
  const root = tree.rootNode;
  if (!root.hasError) return { errors: [] };
  const errors: Range[] = [];
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
