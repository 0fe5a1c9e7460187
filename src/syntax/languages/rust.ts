import { always, declaration, type LanguageRules, named, shortName } from "../language-rules";

export const rustRules: LanguageRules = {
  declarations: {
    function_item: named("function"),
    function_signature_item: named("function"),
    struct_item: named("class"),
    union_item: named("class"),
    enum_item: named("enum"),
    trait_item: named("interface"),
    impl_item: (node) => {
      const type = node.childForFieldName("type");
      return type === null ? undefined : declaration(shortName(type.text), "class", node.childForFieldName("body"));
    },
    mod_item: named("module"),
    type_item: named("type"),
    const_item: (node, scope) => (scope.length === 0 ? named("variable")(node, scope) : undefined),
    static_item: (node, scope) => (scope.length === 0 ? named("variable")(node, scope) : undefined),
    macro_definition: named("function"),
  },
  imports: { use_declaration: always, extern_crate_declaration: always },
  wrappers: [],
  comments: ["line_comment", "block_comment"],
  attributes: ["attribute_item"],
};
