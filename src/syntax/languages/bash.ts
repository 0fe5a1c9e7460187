import { type LanguageRules, named } from "../language-rules";

export const bashRules: LanguageRules = {
  declarations: { function_definition: named("function") },
  imports: { command: (node) => ["source", "."].includes(node.childForFieldName("name")?.text ?? "") },
  wrappers: [],
  comments: ["comment"],
  attributes: [],
};
