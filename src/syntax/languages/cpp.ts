import type { Node } from "@vscode/tree-sitter-wasm";
import {
  all,
  always,
  type Declaration,
  declaration,
  isMember,
  jumps,
  type LanguageRules,
  named,
  type Scope,
  shortName,
} from "../language-rules";

interface DeclaredName {
  readonly name: string;
  /** `Stack` of `Stack<T>::push`. */
  readonly container?: string;
  /** It is what is called: `f(int)`, and not `(*f)(int)`, which is a pointer. */
  readonly function?: Node;
}

/** What a declarator wraps: the name comes inside the type's `*`, `&`, `()` and `[]`. */
function wrapped(declarator: Node): Node | null {
  const inner = declarator.childForFieldName("declarator");
  if (inner !== null) return inner;
  const bare = ["reference_declarator", "parenthesized_declarator", "attributed_declarator"];
  return bare.includes(declarator.type) ? declarator.firstNamedChild : null;
}

function declaredName(node: Node): DeclaredName | undefined {
  let called: Node | undefined;
  let name = node.childForFieldName("declarator");
  while (name !== null && name.type !== "operator_cast") {
    const inner = wrapped(name);
    if (inner === null) break;
    called = name.type === "function_declarator" ? name : undefined;
    name = inner;
  }
  let container: string | undefined;
  while (name?.type === "qualified_identifier") {
    const scope = name.childForFieldName("scope");
    container = (scope?.childForFieldName("name") ?? scope)?.text;
    name = name.childForFieldName("name");
  }
  if (name === null) return undefined;
  const isCast = name.type === "operator_cast";
  return {
    name: isCast ? `operator ${name.childForFieldName("type")?.text}` : shortName(name.text),
    ...(container === undefined ? {} : { container }),
    ...(called === undefined ? {} : { function: called }),
  };
}

function functionDefinition(node: Node, scope: Scope): Declaration | undefined {
  const found = declaredName(node);
  if (found === undefined) return undefined;
  const { name, container } = found;
  const isMethod = container !== undefined || isMember(scope);
  const isMacro = !isMethod && node.childForFieldName("type") === null;
  return declaration(name, isMethod ? "method" : "function", node.childForFieldName("body"), {
    container,
    role: isMacro ? argumentsOf(found.function) : undefined,
  });
}

/** `TEST(Suite, Name) {}` is told apart by what the macro is given. */
function argumentsOf(call: Node | undefined): string | undefined {
  const given = shortName(call?.childForFieldName("parameters")?.text.slice(1, -1) ?? "");
  return given === "" ? undefined : given;
}

/**
 * A variable of the whole file or of a namespace; a prototype is none, nor what another file
 * defines.
 */
function variable(node: Node, scope: Scope): Declaration | undefined {
  if (scope.some((around) => around.kind !== "module")) return undefined;
  const found = declaredName(node);
  if (found === undefined || found.function !== undefined) return undefined;
  for (let child = node.firstNamedChild; child !== null; child = child.nextNamedSibling) {
    if (child.type === "storage_class_specifier" && child.text === "extern") return undefined;
  }
  const value = node.childForFieldName("declarator")?.childForFieldName("value");
  const { name, container } = found;
  return value?.type === "lambda_expression"
    ? declaration(name, "function", value.childForFieldName("body"), { container })
    : declaration(name, "variable", undefined, { container });
}

/** Without a body it is only a mention: `struct point p;`. */
function withBody(kind: "class" | "enum"): (node: Node, scope: Scope) => Declaration | undefined {
  return (node, scope) =>
    node.childForFieldName("body") === null ? undefined : named(kind)(node, scope);
}

/** C and C++, both read by the C++ grammar. */
export const cppRules: LanguageRules = {
  declarations: {
    function_definition: functionDefinition,
    declaration: variable,
    class_specifier: withBody("class"),
    struct_specifier: withBody("class"),
    union_specifier: withBody("class"),
    enum_specifier: withBody("enum"),
    namespace_definition: named("module"),
    type_definition: (node) => {
      const found = declaredName(node);
      return found && declaration(found.name, "type", undefined);
    },
    alias_declaration: named("type"),
    concept_definition: named("type"),
    preproc_def: named("variable"),
    preproc_function_def: named("function"),
  },
  imports: { preproc_include: always, using_declaration: always, import_declaration: always },
  wrappers: ["template_declaration"],
  comments: ["comment"],
  attributes: ["attribute_declaration"],
  strays: all(
    ...jumps,
    "if_statement",
    "for_statement",
    "while_statement",
    "do_statement",
    "switch_statement",
  ),
};
