import { always, declaration, type LanguageRules, shortName } from "../language-rules";

export const cssRules: LanguageRules = {
  declarations: {
    rule_set: (node) => {
      const selectors = node.firstNamedChild;
      return selectors === null ? undefined : declaration(shortName(selectors.text), "other", node.lastNamedChild);
    },
    keyframes_statement: (node) => {
      const name = node.firstNamedChild;
      return name === null ? undefined : declaration(shortName(name.text), "other", node.lastNamedChild);
    },
  },
  imports: { import_statement: always },
  wrappers: [],
  comments: ["comment", "js_comment"],
  attributes: [],
};
