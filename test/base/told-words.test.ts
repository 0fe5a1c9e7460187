import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useLanguage } from "../../src/base/l10n";
import { inWords } from "../../src/base/told-words";
import { processorMs } from "../support/processor-time";
import { textsOf } from "../support/texts-of";

const space = "\u00a0";

describe("what was told in English, where a French person reads it", () => {
  beforeEach(() => useLanguage("fr", textsOf("fr")));
  afterEach(() => useLanguage("en", undefined));

  it("is found by its text, with its values, which may be texts themselves", () => {
    expect(inWords("The quoted code is not in the file.")).toBe(
      "Le code cité n’est pas dans le fichier.",
    );
    expect(inWords("The quoted code is in the file more than once, at lines 3, 5 and 9.")).toBe(
      `Le code cité est plusieurs fois dans le fichier${space}: lignes 3, 5 et 9.`,
    );
    expect(inWords("`add` is not finished in the answer, so it was left out.")).toBe(
      "`add` est inachevé dans la réponse et a été laissé de côté.",
    );
  });

  it("may be several sentences", () => {
    expect(
      inWords(
        "The quoted code is not in the file; the nearest is at line 4. The edit goes back to the model.",
      ),
    ).toBe(
      `Le code cité n’est pas dans le fichier${space}; le plus proche${space}: ligne 4. La modification retourne au modèle.`,
    );
  });

  it("keeps code as it is, also where it is a word that there is a text of", () => {
    expect(inWords("Adds `text`, which the new code uses.")).toBe(
      "Ajoute `text`, dont le nouveau code se sert.",
    );
    expect(inWords("`check` would lose its body.")).toBe("`check` perdrait son corps.");
  });

  it("may hold one text within another", () => {
    expect(inWords("With the edit, `test_a` no longer passes (and 3 more).")).toBe(
      "Avec la modification, `test_a` ne réussit plus (et 3 de plus).",
    );
    expect(
      inWords(
        "With the edit, `a()` still fails. Changes that were tried: 3. None of them is proposed.",
      ),
    ).toBe(
      `Avec la modification, \`a()\` échoue toujours. Modifications essayées${space}: 3. Aucune n’est proposée.`,
    );
  });

  it("is not looked for in the long words of others", () => {
    const long = "Error: ENOENT. It was: no. ".repeat(20_000);
    expect(processorMs(() => expect(inWords(long)).toBe(long))).toBeLessThan(500);
  });

  it("stays as it is where nobody knows it", () => {
    for (const text of ["", "llama runner process has terminated", "Déjà en français."])
      expect(inWords(text)).toBe(text);
  });
});

it("what was told in English is said as it is to those who read English", () => {
  expect(inWords("The quoted code is not in the file.")).toBe(
    "The quoted code is not in the file.",
  );
});
