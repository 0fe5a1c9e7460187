import type { Node } from "@vscode/tree-sitter-wasm";
import {
  type Declaration,
  declaration,
  type LanguageRules,
  named,
  type Scope,
} from "../language-rules";

const loaders = ["require", "require_relative", "load", "autoload"];

/** `LIMIT = 3`, and `Point = Struct.new(:x) do ... end`, which is a class. */
function constant(node: Node, scope: Scope): Declaration | undefined {
  const left = node.childForFieldName("left");
  if (left?.type !== "constant" || scope.some((around) => around.kind === "method"))
    return undefined;
  const right = node.childForFieldName("right");
  const block = right?.type === "call" ? right.childForFieldName("block") : null;
  const makes = right?.childForFieldName("method")?.text;
  return block !== null && (makes === "new" || makes === "define")
    ? declaration(left.text, "class", block)
    : declaration(left.text, "variable", undefined);
}

export const rubyRules: LanguageRules = {
  declarations: {
    class: named("class"),
    module: (node, scope) => (node.isNamed ? named("module")(node, scope) : undefined),
    method: (node, scope) => {
      const found = named("function")(node, scope);
      return found && scope.at(-1)?.kind === "module" ? { ...found, kind: "method" } : found;
    },
    singleton_method: (node) => {
      const found = named("method")(node, []);
      return found && { ...found, role: "static" };
    },
    assignment: constant,
  },
  imports: {
    call: (node) =>
      node.childForFieldName("receiver") === null &&
      loaders.includes(node.childForFieldName("method")?.text ?? ""),
  },
  wrappers: [],
  comments: ["comment"],
  attributes: [],
};
