import { always, type LanguageRules, named } from "../language-rules";

export const phpRules: LanguageRules = {
  declarations: {
    function_definition: named("function"),
    method_declaration: named("method"),
    class_declaration: named("class"),
    trait_declaration: named("class"),
    interface_declaration: named("interface"),
    enum_declaration: named("enum"),
  },
  imports: {
    namespace_use_declaration: always,
    require_expression: always,
    require_once_expression: always,
    include_expression: always,
    include_once_expression: always,
  },
  wrappers: [],
  comments: ["comment"],
  attributes: ["attribute_list"],
};
