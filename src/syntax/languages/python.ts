import { always, declaration, type LanguageRules, named } from "../language-rules";

export const pythonRules: LanguageRules = {
  declarations: {
    function_definition: named("function"),
    class_definition: named("class"),
    assignment: (node, scope) => {
      const left = node.childForFieldName("left");
      if (left?.type !== "identifier" || scope.length > 0 || node.parent?.parent?.parent) return undefined;
      return declaration(left.text, "variable", undefined);
    },
  },
  imports: { import_statement: always, import_from_statement: always, future_import_statement: always },
  wrappers: ["decorated_definition", "expression_statement"],
  comments: ["comment"],
  attributes: ["decorator"],
  docstrings: true,
};
