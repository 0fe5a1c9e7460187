import type { Node } from "@vscode/tree-sitter-wasm";
import { all, always, declaration, jumps, type LanguageRules, named } from "../language-rules";

/** `(s *Stack[T])` is a method of `Stack`. */
function receiverType(node: Node): string | undefined {
  return node
    .childForFieldName("receiver")
    ?.descendantsOfType("type_identifier")
    .find((found) => found !== null)?.text;
}

function packageLevel(node: Node): boolean {
  const group = node.parent;
  return (group?.type.endsWith("_list") ? group.parent : group)?.parent?.type === "source_file";
}

export const goRules: LanguageRules = {
  declarations: {
    function_declaration: named("function"),
    method_declaration: (node) => {
      const name = node.childForFieldName("name");
      if (name === null) return undefined;
      const container = receiverType(node);
      return declaration(name.text, "method", node.childForFieldName("body"), { container });
    },
    type_spec: (node) => {
      const name = node.childForFieldName("name");
      const type = node.childForFieldName("type");
      if (name === null) return undefined;
      const kind =
        type?.type === "struct_type"
          ? "class"
          : type?.type === "interface_type"
            ? "interface"
            : "type";
      return declaration(name.text, kind, kind === "class" ? type?.firstNamedChild : undefined);
    },
    type_alias: named("type"),
    const_spec: (node, scope) => (packageLevel(node) ? named("variable")(node, scope) : undefined),
    var_spec: (node, scope) => (packageLevel(node) ? named("variable")(node, scope) : undefined),
  },
  imports: { import_declaration: always },
  wrappers: ["type_declaration", "const_declaration", "var_declaration"],
  comments: ["comment"],
  attributes: [],
  strays: all(
    ...jumps,
    "if_statement",
    "for_statement",
    "expression_statement",
    "short_var_declaration",
    "assignment_statement",
    "inc_statement",
    "dec_statement",
    "defer_statement",
    "go_statement",
  ),
};
