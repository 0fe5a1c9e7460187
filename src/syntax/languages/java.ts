import { all, always, jumps, type LanguageRules, named } from "../language-rules";

export const javaRules: LanguageRules = {
  declarations: {
    class_declaration: named("class"),
    record_declaration: named("class"),
    interface_declaration: named("interface"),
    annotation_type_declaration: named("interface"),
    enum_declaration: named("enum"),
    method_declaration: named("method"),
    constructor_declaration: named("method"),
    compact_constructor_declaration: named("method"),
  },
  imports: { import_declaration: always },
  wrappers: [],
  comments: ["line_comment", "block_comment"],
  attributes: ["marker_annotation", "annotation"],
  strays: all(
    ...jumps,
    "if_statement",
    "for_statement",
    "while_statement",
    "do_statement",
    "switch_expression",
    "expression_statement",
    "throw_statement",
    "try_statement",
  ),
};
