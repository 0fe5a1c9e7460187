import type { Node } from "@vscode/tree-sitter-wasm";
import {
  always,
  type Declaration,
  declaration,
  type LanguageRules,
  shortName,
} from "../language-rules";

function rule(node: Node): Declaration | undefined {
  const selectors = node.firstNamedChild;
  if (selectors === null) return undefined;
  return declaration(shortName(selectors.text), "other", node.lastNamedChild, {
    holdsMembers: true,
  });
}

/**
 * `@media print { ... }` is named by all that is in front of its block; without one it declares
 * nothing.
 */
function atRule(node: Node): Declaration | undefined {
  const block = node.lastNamedChild;
  if (block?.type !== "block") return undefined;
  const name = shortName(node.text.slice(0, block.startIndex - node.startIndex));
  return declaration(name, "other", block, { holdsMembers: true });
}

export const cssRules: LanguageRules = {
  declarations: {
    rule_set: rule,
    media_statement: atRule,
    supports_statement: atRule,
    at_rule: atRule,
    keyframes_statement: (node) => {
      const name = node.firstNamedChild;
      if (name === null) return undefined;
      return declaration(shortName(name.text), "other", node.lastNamedChild);
    },
  },
  imports: { import_statement: always },
  wrappers: [],
  comments: ["comment", "js_comment"],
  attributes: [],
};
