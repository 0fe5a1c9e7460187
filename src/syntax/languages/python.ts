import type { Node } from "@vscode/tree-sitter-wasm";
import {
  all,
  always,
  declaration,
  inRole,
  jumps,
  type LanguageRules,
  named,
} from "../language-rules";

/** `@size.setter` and `@overload` stand beside another function of the name. */
function roleOf(node: Node): string | undefined {
  const decorated = node.parent;
  if (decorated?.type !== "decorated_definition") return undefined;
  for (const decorator of decorated.namedChildren) {
    if (decorator?.type !== "decorator") continue;
    const name = decorator.text.slice(1).trim();
    const accessor = /\.(getter|setter|deleter)$/.exec(name)?.[1];
    if (accessor !== undefined) return accessor;
    if (/(?:^|\.)overload$/.test(name)) return "signature";
  }
  return undefined;
}

export const pythonRules: LanguageRules = {
  declarations: {
    function_definition: (node, scope) => inRole(named("function")(node, scope), roleOf(node)),
    class_definition: named("class"),
    assignment: (node, scope) => {
      if (scope.length > 0 || node.parent?.parent?.parent) return undefined;
      const left = node.childForFieldName("left");
      return left?.type === "identifier"
        ? declaration(left.text, "variable", undefined)
        : undefined;
    },
    type_alias_statement: (node) => {
      const name = node.childForFieldName("left") ?? node.firstNamedChild;
      return name === null ? undefined : declaration(name.text, "type", undefined);
    },
  },
  imports: {
    import_statement: always,
    import_from_statement: always,
    future_import_statement: always,
  },
  wrappers: ["decorated_definition", "expression_statement"],
  comments: ["comment"],
  attributes: ["decorator"],
  docstrings: true,
  strays: all(...jumps),
};
