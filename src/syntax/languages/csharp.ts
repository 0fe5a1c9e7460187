import type { Node } from "@vscode/tree-sitter-wasm";
import {
  always,
  type Declaration,
  declaration,
  inRole,
  type LanguageRules,
  named,
} from "../language-rules";

function isStatic(node: Node): boolean {
  return node.namedChildren.some((child) => child?.type === "modifier" && child.text === "static");
}

/** The body of a property is its accessors, or the value behind `=>`. */
function accessors(node: Node): Node | null {
  return node.childForFieldName("accessors") ?? node.childForFieldName("value");
}

function property(node: Node): Declaration | undefined {
  const name = node.childForFieldName("name");
  return name === null ? undefined : declaration(name.text, "method", accessors(node));
}

export const csharpRules: LanguageRules = {
  declarations: {
    class_declaration: named("class"),
    struct_declaration: named("class"),
    record_declaration: named("class"),
    interface_declaration: named("interface"),
    enum_declaration: named("enum"),
    namespace_declaration: named("module"),
    method_declaration: (node, scope) => {
      const explicit = node.namedChildren.find(
        (child) => child?.type === "explicit_interface_specifier",
      );
      return inRole(named("method")(node, scope), explicit?.firstNamedChild?.text);
    },
    constructor_declaration: (node, scope) =>
      inRole(named("method")(node, scope), isStatic(node) ? "static" : undefined),
    destructor_declaration: (node, scope) => {
      const found = named("method")(node, scope);
      return found && { ...found, name: `~${found.name}` };
    },
    property_declaration: property,
    event_declaration: property,
    indexer_declaration: (node) => declaration("this", "method", accessors(node)),
    operator_declaration: (node) => {
      const operator = node.childForFieldName("operator");
      if (operator === null) return undefined;
      return declaration(`operator ${operator.text}`, "method", node.childForFieldName("body"));
    },
    conversion_operator_declaration: (node) => {
      const type = node.childForFieldName("type");
      if (type === null) return undefined;
      return declaration(`operator ${type.text}`, "method", node.childForFieldName("body"));
    },
    local_function_statement: named("function"),
    delegate_declaration: named("type"),
  },
  imports: { using_directive: always },
  wrappers: [],
  comments: ["comment"],
  attributes: ["attribute_list"],
};
