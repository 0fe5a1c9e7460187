import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findInTexts, textBlock } from "../../../src/session/history/search-texts";
import { folderForTest } from "../../support/folder-for-test";

/** Longer than what is read at once. */
const long = "a word of many ".repeat(700_000);

describe("the file of all texts", () => {
  const texts = (): string => {
    const path = join(folderForTest("thinkaloud-texts-"), "texts");
    const blocks = [
      textBlock("first", "the needle in front"),
      textBlock("long", `begin ${long} end`),
      textBlock("between", "nothing"),
      textBlock("last", "another needle"),
    ];
    writeFileSync(path, blocks.join(""));
    return path;
  };

  it("is searched whole, however long one text is", async () => {
    const path = texts();
    expect([...(await findInTexts(path, ["needle"]))]).toEqual(["first", "last"]);
    expect([...(await findInTexts(path, ["begin", "end"]))]).toEqual(["long"]);
    expect([...(await findInTexts(path, ["needle", "begin"]))]).toEqual([]);
  });

  it("is searched no further once another search has taken the place of this one", async () => {
    const look = new AbortController();
    const finding = findInTexts(texts(), ["needle"], look.signal);
    look.abort(new Error("another search"));
    await expect(finding).rejects.toThrow("another search");
  });
});
