import { beforeAll, describe, expect, it } from "vitest";
import type { FileProposal } from "../../../src/protocol/proposal";
import { loadQuietLanguages, quietLanguage } from "../../../src/session/review/proposal-language";

function fileOf(languageId: string, path: string, proposed = "x = 1\n"): FileProposal {
  const found = { match: "exact", notices: [], syntax: "unknown", hunks: [] } as const;
  const uri = `file:///${path}`;
  return { uri, path, languageId, change: "create", base: "", proposed, ...found };
}

it("Before anything is known of languages, a proposal is shown as plain text, which fetches nothing", () => {
  expect(quietLanguage(fileOf("json", "a.json"))).toBe("plaintext");
  expect(quietLanguage(fileOf("python", "a.py"))).toBe("plaintext");
});

describe("A proposal is shown", () => {
  beforeAll(loadQuietLanguages);

  it.each([
    ["json", "a.json", "thinkaloud-json"],
    ["jsonc", "tsconfig.json", "thinkaloud-json"],
    ["dockercompose", "compose.yml", "thinkaloud-yaml"],
    ["xsl", "a.xsl", "thinkaloud-xml"],
    ["toml", "a.toml", "plaintext"],
    ["plaintext", "new/settings.json", "thinkaloud-json"],
    ["python", "a.py", undefined],
  ])("of %s in %s as %s", (languageId, path, shown) => {
    expect(quietLanguage(fileOf(languageId, path))).toBe(shown);
  });
});
