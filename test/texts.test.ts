import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sourceTexts } from "./support/source-texts";
import { textsOf } from "./support/texts-of";

const root = join(import.meta.dirname, "..");
const french = textsOf("fr");
const { texts, told, mistakes } = await sourceTexts();
const asked = [...new Set([...texts.map(({ english }) => english), ...told])].sort();

const json = (name: string): Record<string, string> =>
  JSON.parse(readFileSync(join(root, name), "utf8"));

/** `{0}` and `{name}`, each once, in a fixed order. */
function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{[^}]+\}/g))].sort();
}

/** Without code and links, which are set as they are. */
function withoutCode(text: string): string {
  return text.replace(/`[^`]*`|\(command:[^)]*\)/g, "x");
}

/**
 * What a French typesetter would mend: breaking spaces before signs and in quotation marks,
 * typewriter's signs.
 */
function slips(text: string): string[] {
  return (
    text.match(
      /[ \u202f][;:!?»]|[\p{L}\p{N})}»][;:!?»](?=\s|$)|«[^\u00a0]|\p{L}'\p{L}|["“”]|\.\.\./gu,
    ) ?? []
  );
}

describe("the texts of the code", () => {
  it("can all be found, none is made before the language is known, and nothing is said in English alone", () => {
    expect(mistakes).toEqual([]);
  });

  it("are all there in French, and none is there that nobody asks for", () => {
    expect(Object.keys(french).sort()).toEqual(asked);
  });

  it("take the same values in both languages as the code gives", () => {
    for (const { english, place, values } of texts) {
      const wanted = placeholders(english);
      expect(placeholders(french[english] ?? english), english).toEqual(wanted);
      expect(wanted, place).toEqual(Array.from({ length: values }, (_, at) => `{${at}}`));
    }
  });

  it("have no value in French that the English sentence does not have", () => {
    // "is" and "are", or a plural's ending, are values in an English sentence that a French one may
    // do without.
    for (const english of told)
      expect(placeholders(english), english).toEqual(
        expect.arrayContaining(placeholders(french[english] ?? "")),
      );
  });

  it("are set in French as French is", () => {
    for (const text of Object.values(french)) expect(slips(withoutCode(text)), text).toEqual([]);
  });
});

describe("the texts of the manifest", () => {
  const english = json("package.nls.json");
  const translated = json("package.nls.fr.json");
  const manifest = readFileSync(join(root, "package.json"), "utf8");
  const used = [...manifest.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] ?? "");

  it("are all there in both languages, and none is there that the manifest does not name", () => {
    expect(Object.keys(english).sort()).toEqual([...new Set(used)].sort());
    expect(Object.keys(translated).sort()).toEqual(Object.keys(english).sort());
  });

  it("are never written into the manifest itself", () => {
    const plain =
      /"(?:title|description|markdownDescription|name|altText|patternErrorMessage)": "(?!%|\$|Thinkaloud"|thinkaloud"|(?:fix|explain|improve|document|tests)")[^"]*"/g;
    expect(manifest.match(plain) ?? []).toEqual([]);
  });

  it("have a page of the walkthrough for each of its pages", () => {
    for (const [, page = ""] of manifest.matchAll(/"markdown": "([^"]+)\.md"/g))
      expect(slips(readFileSync(join(root, `${page}.nls.fr.md`), "utf8")), page).toEqual([]);
  });

  it("are set in French as French is, with the same code, links and commands", () => {
    const fixed = (text: string): string[] =>
      (text.match(/`[^`]+`|\(command:[^)]+\)/g) ?? []).sort();
    for (const [key, text] of Object.entries(translated)) {
      expect(slips(withoutCode(text)), text).toEqual([]);
      expect(fixed(text), key).toEqual(fixed(english[key] ?? ""));
    }
  });
});
