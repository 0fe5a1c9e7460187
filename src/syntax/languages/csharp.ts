import { always, type LanguageRules, named } from "../language-rules";

export const csharpRules: LanguageRules = {
  declarations: {
    class_declaration: named("class"),
    struct_declaration: named("class"),
    record_declaration: named("class"),
    interface_declaration: named("interface"),
    enum_declaration: named("enum"),
    namespace_declaration: named("module"),
    method_declaration: named("method"),
    constructor_declaration: named("method"),
    destructor_declaration: named("method"),
    local_function_statement: named("function"),
    delegate_declaration: named("type"),
  },
  imports: { using_directive: always },
  wrappers: [],
  comments: ["comment"],
  attributes: ["attribute_list"],
};
