import type { Node } from "@vscode/tree-sitter-wasm";
import { type Declaration, type LanguageRules, named, type Scope } from "../language-rules";

/** `LIMIT=3`, also behind `readonly` or `export`, outside of all functions and branches. */
function variable(node: Node, scope: Scope): Declaration | undefined {
  const statement = node.parent?.type === "declaration_command" ? node.parent : node;
  return statement.parent?.type === "program" ? named("variable")(node, scope) : undefined;
}

export const bashRules: LanguageRules = {
  declarations: { function_definition: named("function"), variable_assignment: variable },
  imports: {
    command: (node) => ["source", "."].includes(node.childForFieldName("name")?.text ?? ""),
  },
  wrappers: ["declaration_command"],
  comments: ["comment"],
  attributes: [],
};
