import type { Node } from "@vscode/tree-sitter-wasm";
import {
  all,
  always,
  type Declaration,
  declaration,
  inRole,
  isMember,
  jumps,
  type LanguageRules,
  named,
  type Scope,
  shortName,
} from "../language-rules";

const functionTypes = ["arrow_function", "function_expression", "generator_function"];
/** What stands around a value without being it. */
const shells = [
  "parenthesized_expression",
  "as_expression",
  "satisfies_expression",
  "non_null_expression",
  "await_expression",
];

/** `"about"` and `about` name the same member. */
function memberName(node: Node): string {
  return shortName(node.text).replace(/^(["'])(.*)\1$/, "$2");
}

function valueIn(node: Node | null): Node | null {
  let value = node;
  while (value !== null && shells.includes(value.type)) value = value.firstNamedChild;
  return value;
}

/**
 * `{...}`, also as an argument, or as what an argument gives back: what is declared in it belongs
 * to the name of the whole, as in `const store = create((set) => ({ add: () => set(1) }))`.
 */
function holdsObject(node: Node | null): boolean {
  const value = valueIn(node);
  if (value?.type === "object") return true;
  if (value?.type !== "call_expression" && value?.type !== "new_expression") return false;
  const given = value.childForFieldName("arguments")?.namedChildren ?? [];
  return given.some((argument) => {
    const inside = valueIn(argument);
    const returned = inside?.type === "arrow_function" ? inside.childForFieldName("body") : inside;
    return valueIn(returned)?.type === "object";
  });
}

/** A function or a class that gets its name from the place it is put in: `const f = () => {}`. */
function namedValue(name: string, value: Node | null, scope: Scope): Declaration | undefined {
  const inside = valueIn(value);
  if (inside === null) return undefined;
  const body = inside.childForFieldName("body");
  if (functionTypes.includes(inside.type)) {
    return declaration(name, isMember(scope) ? "method" : "function", body);
  }
  return inside.type === "class" ? declaration(name, "class", body) : undefined;
}

/** The name that an object is given, for what is in it. */
function objectOwner(name: string, value: Node | null): Declaration | undefined {
  if (!holdsObject(value)) return undefined;
  return declaration(name, "variable", undefined, { holdsMembers: true, hidden: true });
}

function isRequire(value: Node | null): boolean {
  return (
    value?.type === "call_expression" && value.childForFieldName("function")?.text === "require"
  );
}

function variable(node: Node, scope: Scope): Declaration | undefined {
  const name = node.childForFieldName("name");
  if (name?.type !== "identifier") return undefined;
  const value = node.childForFieldName("value");
  const found = namedValue(name.text, value, scope);
  if (found !== undefined || isRequire(value)) return found;
  if (!isTopLevel(node)) return objectOwner(name.text, value);
  const members = holdsObject(value) ? { holdsMembers: true } : {};
  return declaration(name.text, "variable", undefined, members);
}

function isTopLevel(declarator: Node): boolean {
  const statement = declarator.parent;
  const around = statement?.parent;
  const isWrapped = around?.type === "export_statement" || around?.type === "ambient_declaration";
  return (isWrapped ? around.parent : around)?.type === "program";
}

function assignment(node: Node, scope: Scope): Declaration | undefined {
  const left = node.childForFieldName("left");
  const right = node.childForFieldName("right");
  if (left?.type === "identifier") return namedValue(left.text, right, scope);
  const property = left?.type === "member_expression" ? left.childForFieldName("property") : null;
  if (!left || !property) return undefined;
  const found = namedValue(shortName(property.text), right, scope);
  if (found === undefined) return objectOwner(shortName(left.text), right);
  const owner = left.childForFieldName("object")?.text;
  return owner?.endsWith(".prototype")
    ? { ...found, kind: "method", container: owner.slice(0, -".prototype".length) }
    : found;
}

/** `export default function () {}` has no name of its own. */
function defaultExport(node: Node): Declaration | undefined {
  const value = node.childForFieldName("value");
  if (value === null) return undefined;
  return namedValue("default", value, []) ?? objectOwner("default", value);
}

/** `get x()` may stand beside `set x()`, and `static f()` beside `f()`. */
function memberRole(node: Node): string | undefined {
  const roles: string[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.type === "static" || child.type === "get" || child.type === "set") {
      roles.push(child.type);
    }
    if (child.type === "formal_parameters") break;
  }
  return roles.length === 0 ? undefined : roles.join(" ");
}

function method(node: Node): Declaration | undefined {
  const name = node.childForFieldName("name");
  if (name === null) return undefined;
  const found = declaration(memberName(name), "method", node.childForFieldName("body"));
  return inRole(found, memberRole(node));
}

/** `m(a: string): void;` in a class stands beside the method that has the body. */
function methodSignature(node: Node): Declaration | undefined {
  const name = node.childForFieldName("name");
  if (name === null || node.parent?.type !== "class_body") return undefined;
  return declaration(memberName(name), "method", undefined, { role: "signature" });
}

function field(name: Node | null, node: Node, scope: Scope): Declaration | undefined {
  if (name === null) return undefined;
  const value = node.childForFieldName("value");
  const found = namedValue(memberName(name), value, scope);
  return inRole(found, memberRole(node)) ?? objectOwner(memberName(name), value);
}

function pair(node: Node): Declaration | undefined {
  const key = node.childForFieldName("key");
  const value = node.childForFieldName("value");
  if (key === null) return undefined;
  const found = namedValue(memberName(key), value, []);
  if (found === undefined) return objectOwner(memberName(key), value);
  return found.kind === "function" ? { ...found, kind: "method" } : found;
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
    function_signature: (node, scope) => inRole(named("function")(node, scope), "signature"),
    class_declaration: named("class"),
    abstract_class_declaration: named("class"),
    method_definition: method,
    method_signature: methodSignature,
    abstract_method_signature: methodSignature,
    interface_declaration: named("interface"),
    type_alias_declaration: named("type"),
    enum_declaration: named("enum"),
    internal_module: named("module"),
    module: named("module"),
    variable_declarator: variable,
    assignment_expression: assignment,
    export_statement: defaultExport,
    field_definition: (node, scope) => field(node.childForFieldName("property"), node, scope),
    public_field_definition: (node, scope) => field(node.childForFieldName("name"), node, scope),
    pair,
  },
  imports: {
    import_statement: always,
    lexical_declaration: holdsRequire,
    variable_declaration: holdsRequire,
  },
  wrappers: [
    "export_statement",
    "lexical_declaration",
    "variable_declaration",
    "ambient_declaration",
    "expression_statement",
  ],
  comments: ["comment"],
  attributes: ["decorator"],
  strays: all(...jumps),
};
