import { expect, it } from "vitest";
import { terminalLanguage } from "../../src/cli/display-language";

it.each([
  [{ LC_ALL: "fr_FR.UTF-8", LANG: "en_US.UTF-8" }, "fr"],
  [{ LC_MESSAGES: "fr", LANG: "en_US.UTF-8" }, "fr"],
  [{ LC_ALL: "", LANG: "fr_CA" }, "fr"],
  [{ LANG: "en_GB.UTF-8" }, "en"],
  [{ LC_ALL: "C" }, undefined],
  [{ LANG: "POSIX" }, undefined],
  [{ LANG: "../../etc/passwd" }, undefined],
  [{}, undefined],
])("a terminal with %j speaks %j", (environment, language) => {
  expect(terminalLanguage(environment)).toBe(language);
});
