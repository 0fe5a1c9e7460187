import type { SecretFinder } from "../core/context/secret-masks";

/**
 * The rule set of secretlint for keys, tokens and connection strings, and forms of our own, both
 * loaded when they are first needed.
 */
export const secretRules: SecretFinder = {
  async find(text) {
    const [{ creator, lintSource }, { secretsByForm }] = await Promise.all([
      import("./secret-library"),
      import("./secret-forms"),
    ]);
    const { messages } = await lintSource({
      // The rules skip some kinds of file by their names; what is sent is one text.
      source: { content: text, filePath: "prompt.txt", ext: ".txt", contentType: "text" },
      options: {
        noPhysicFilePath: true,
        config: { rules: [{ id: ruleSet, rule: creator, options: {} }] },
      },
    });
    const byRules = messages.map(({ range }) => text.slice(range[0], range[1]));
    return [...new Set([...byRules, ...secretsByForm(text)])];
  },
};

const ruleSet = "@secretlint/secretlint-rule-preset-recommend";
