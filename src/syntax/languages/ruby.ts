import { type LanguageRules, named } from "../language-rules";

const loaders = ["require", "require_relative", "load", "autoload"];

export const rubyRules: LanguageRules = {
  declarations: {
    class: named("class"),
    module: (node, scope) => (node.isNamed ? named("module")(node, scope) : undefined),
    method: (node, scope) => {
      const found = named("function")(node, scope);
      return found && scope.at(-1) === "module" ? { ...found, kind: "method" } : found;
    },
    singleton_method: (node) => named("method")(node, []),
  },
  imports: {
    call: (node) => node.childForFieldName("receiver") === null && loaders.includes(node.childForFieldName("method")?.text ?? ""),
  },
  wrappers: [],
  comments: ["comment"],
  attributes: [],
};
