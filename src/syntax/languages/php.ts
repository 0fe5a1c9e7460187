import type { Node } from "@vscode/tree-sitter-wasm";
import {
  always,
  type Declaration,
  declaration,
  type LanguageRules,
  named,
} from "../language-rules";

/** `$f = function () {}` and `$f = fn() => 1`. */
function closure(node: Node): Declaration | undefined {
  const left = node.childForFieldName("left");
  const right = node.childForFieldName("right");
  if (left?.type !== "variable_name" || right === null) return undefined;
  if (right.type !== "anonymous_function" && right.type !== "arrow_function") return undefined;
  return declaration(left.text, "function", right.childForFieldName("body"));
}

export const phpRules: LanguageRules = {
  declarations: {
    function_definition: named("function"),
    method_declaration: named("method"),
    class_declaration: named("class"),
    trait_declaration: named("class"),
    interface_declaration: named("interface"),
    enum_declaration: named("enum"),
    assignment_expression: closure,
    const_element: (node, scope) => {
      const name = scope.length === 0 ? node.firstNamedChild : null;
      return name === null ? undefined : declaration(name.text, "variable", undefined);
    },
  },
  imports: {
    namespace_use_declaration: always,
    require_expression: always,
    require_once_expression: always,
    include_expression: always,
    include_once_expression: always,
  },
  wrappers: ["expression_statement", "const_declaration"],
  comments: ["comment"],
  attributes: ["attribute_list"],
};
