import { describe, expect, it } from "vitest";
import { edits, file, outcome } from "./support/read";

const basket = file(
  "basket.py",
  "python",
  "LIMIT = 3\n\n\ndef names(items):\n    return [item.name for item in items][:LIMIT]\n",
);
const mended = basket.text.replace("[:LIMIT]", "[: LIMIT + 1]");
const name = "[file name]: basket.py";
const marked = `${name}\n[file content begin]\n${mended}[file content end]\n`;

describe("a file given back between the marks that R1 is handed files with", () => {
  it.each([
    ["without a fence", `Here it is:\n\n${marked}\nI changed the last line.\n`],
    ["in a fence", `Here it is:\n\n\`\`\`python\n${marked}\`\`\`\n`],
    [
      "around a fence",
      `${name}\n[file content begin]\n\`\`\`python\n${mended}\`\`\`\n[file content end]\n`,
    ],
  ])("is that file: %s", async (_, answer) => {
    expect(await outcome(basket, answer)).toBe(mended);
    expect(edits(basket, answer)).toMatchObject([{ kind: "code", path: "basket.py" }]);
  });

  it("is none where the file has such marks itself", async () => {
    const own = file("form.txt", "plaintext", "[file content begin]\none\n[file content end]\n");
    const answer = "```\n[file content begin]\ntwo\n[file content end]\n```\n";
    expect(await outcome(own, answer)).toBe("[file content begin]\ntwo\n[file content end]\n");
  });
});
