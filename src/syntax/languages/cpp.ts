import type { Node } from "@vscode/tree-sitter-wasm";
import { always, type Declaration, declaration, isMember, type LanguageRules, named, type Scope, shortName } from "../language-rules";

/** A C declarator wraps the name in the type's `*`, `&` and `()`: goes inwards to the name itself. */
function innermostDeclarator(node: Node): Node | undefined {
  let current = node.childForFieldName("declarator");
  while (current !== null) {
    const inner = current.childForFieldName("declarator") ?? (current.type === "reference_declarator" ? current.namedChild(0) : null);
    if (inner === null) return current;
    current = inner;
  }
  return undefined;
}

/** `Stack::push` names its class in front. */
function functionDefinition(node: Node, scope: Scope): Declaration | undefined {
  let name = innermostDeclarator(node);
  let container: string | undefined;
  while (name?.type === "qualified_identifier") {
    container = name.childForFieldName("scope")?.text;
    name = name.childForFieldName("name") ?? undefined;
  }
  if (name === undefined) return undefined;
  const method = container !== undefined || isMember(scope);
  return declaration(shortName(name.text), method ? "method" : "function", node.childForFieldName("body"), container);
}

/** Without a body it is only a mention: `struct point p;`. */
function withBody(kind: "class" | "enum"): (node: Node, scope: Scope) => Declaration | undefined {
  return (node, scope) => (node.childForFieldName("body") === null ? undefined : named(kind)(node, scope));
}

/** C and C++, both read by the C++ grammar. */
export const cppRules: LanguageRules = {
  declarations: {
    function_definition: functionDefinition,
    class_specifier: withBody("class"),
    struct_specifier: withBody("class"),
    union_specifier: withBody("class"),
    enum_specifier: withBody("enum"),
    namespace_definition: named("module"),
    type_definition: (node) => {
      const name = innermostDeclarator(node);
      return name === undefined ? undefined : declaration(shortName(name.text), "type", undefined);
    },
    alias_declaration: named("type"),
    concept_definition: named("type"),
  },
  imports: { preproc_include: always, using_declaration: always, import_declaration: always },
  wrappers: ["template_declaration"],
  comments: ["comment"],
  attributes: ["attribute_declaration"],
};
