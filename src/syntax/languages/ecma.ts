import type { Node } from "@vscode/tree-sitter-wasm";
import { always, type Declaration, declaration, isMember, type LanguageRules, named, type Scope, shortName } from "../language-rules";

const functionTypes = ["arrow_function", "function_expression", "generator_function"];

/** A function or a class that gets its name from the place it is put in: `const f = () => {}`. */
function namedValue(name: Node | null, value: Node | null, scope: Scope): Declaration | undefined {
  if (name === null || value === null) return undefined;
  if (functionTypes.includes(value.type)) {
    return declaration(shortName(name.text), isMember(scope) ? "method" : "function", value.childForFieldName("body"));
  }
  return value.type === "class" ? declaration(shortName(name.text), "class", value.childForFieldName("body")) : undefined;
}

function isRequire(value: Node | null): boolean {
  return value?.type === "call_expression" && value.childForFieldName("function")?.text === "require";
}

function variable(node: Node, scope: Scope): Declaration | undefined {
  const name = node.childForFieldName("name");
  const value = node.childForFieldName("value");
  const found = namedValue(name, value, scope);
  if (found !== undefined || name?.type !== "identifier" || isRequire(value)) return found;
  const statement = node.parent;
  const holder = statement?.parent?.type === "export_statement" ? statement.parent : statement;
  return holder?.parent?.type === "program" ? declaration(name.text, "variable", undefined) : undefined;
}

function assignment(node: Node, scope: Scope): Declaration | undefined {
  const left = node.childForFieldName("left");
  if (left?.type !== "member_expression") return undefined;
  const found = namedValue(left.childForFieldName("property"), node.childForFieldName("right"), scope);
  const owner = left.childForFieldName("object")?.text;
  return found !== undefined && owner?.endsWith(".prototype")
    ? { ...found, kind: "method", container: owner.slice(0, -".prototype".length) }
    : found;
}

/** `export default function () {}` has no name of its own. */
function defaultExport(node: Node): Declaration | undefined {
  const value = node.childForFieldName("value");
  if (value === null || !(functionTypes.includes(value.type) || value.type === "class")) return undefined;
  return declaration("default", value.type === "class" ? "class" : "function", value.childForFieldName("body"));
}

function holdsRequire(node: Node): boolean {
  const first = node.firstNamedChild;
  return first?.type === "variable_declarator" && isRequire(first.childForFieldName("value"));
}

/** JavaScript and TypeScript, with and without JSX; a type that a grammar lacks is ignored. */
export const ecmaRules: LanguageRules = {
  declarations: {
    function_declaration: named("function"),
    generator_function_declaration: named("function"),
    function_signature: named("function"),
    class_declaration: named("class"),
    abstract_class_declaration: named("class"),
    method_definition: (node) => named("method")(node, []),
    abstract_method_signature: named("method"),
    interface_declaration: named("interface"),
    type_alias_declaration: named("type"),
    enum_declaration: named("enum"),
    internal_module: named("module"),
    module: named("module"),
    variable_declarator: variable,
    assignment_expression: assignment,
    export_statement: defaultExport,
    field_definition: (node, scope) => namedValue(node.childForFieldName("property"), node.childForFieldName("value"), scope),
    public_field_definition: (node, scope) => namedValue(node.childForFieldName("name"), node.childForFieldName("value"), scope),
    pair: (node) => namedValue(node.childForFieldName("key"), node.childForFieldName("value"), ["class"]),
  },
  imports: { import_statement: always, lexical_declaration: holdsRequire, variable_declaration: holdsRequire },
  wrappers: ["export_statement", "lexical_declaration", "variable_declaration", "ambient_declaration", "expression_statement"],
  comments: ["comment"],
  attributes: ["decorator"],
};
