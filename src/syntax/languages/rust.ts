import type { Node } from "@vscode/tree-sitter-wasm";
import {
  always,
  declaration,
  inRole,
  type LanguageRules,
  named,
  type Scope,
  shortName,
} from "../language-rules";

/** `S<T>`, `&S` and `a::S` are about `S`. */
function bareType(node: Node): string {
  let type = node;
  for (;;) {
    const inside =
      type.type === "generic_type" || type.type === "reference_type"
        ? type.childForFieldName("type")
        : type.type === "scoped_type_identifier"
          ? type.childForFieldName("name")
          : null;
    if (inside === null) return shortName(type.text);
    type = inside;
  }
}

/** `fmt` of `Display` may stand beside `fmt` of `Debug`. */
function traitAround(scope: Scope): string | undefined {
  const around = scope.at(-1);
  return around?.kind === "class" && around.role?.startsWith("impl ") ? around.role : undefined;
}

export const rustRules: LanguageRules = {
  declarations: {
    function_item: (node, scope) => inRole(named("function")(node, scope), traitAround(scope)),
    function_signature_item: (node, scope) => inRole(named("function")(node, scope), "signature"),
    struct_item: named("class"),
    union_item: named("class"),
    enum_item: named("enum"),
    trait_item: named("interface"),
    impl_item: (node) => {
      const type = node.childForFieldName("type");
      if (type === null) return undefined;
      const trait = node.childForFieldName("trait");
      const role = trait === null ? "impl" : `impl ${shortName(trait.text)}`;
      return declaration(bareType(type), "class", node.childForFieldName("body"), { role });
    },
    mod_item: named("module"),
    type_item: (node, scope) => inRole(named("type")(node, scope), traitAround(scope)),
    const_item: (node, scope) => (scope.length === 0 ? named("variable")(node, scope) : undefined),
    static_item: (node, scope) => (scope.length === 0 ? named("variable")(node, scope) : undefined),
    macro_definition: named("function"),
  },
  imports: { use_declaration: always, extern_crate_declaration: always },
  wrappers: [],
  comments: ["line_comment", "block_comment"],
  attributes: ["attribute_item"],
  strays: {
    let_declaration: always,
    // A macro stands anywhere.
    expression_statement: (node) => node.firstNamedChild?.type !== "macro_invocation",
  },
};
