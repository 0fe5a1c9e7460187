import { describe, expect, it } from "vitest";
import { edits, file, outcome, pieces } from "./support/read";
import { block } from "./support/samples";

const readme = file(
  "README.md",
  "markdown",
  "# Tool\n\nInstall:\n\n```bash\nnpm instal tool\n```\n\nThe end of it.\n",
);
const service = file(
  "service.yaml",
  "yaml",
  "kind: Service\nspec:\n  ports:\n    - port: 80\n    - port: 443\n  type: ClusterIP\n",
);
const mended = readme.text.replace("instal ", "install ").trimEnd();
const opened = service.text.replace("port: 80", "port: 8080").trimEnd();

describe("a whole file without a fence around it", () => {
  it.each([
    ["of Markdown, fences and all", readme, mended],
    ["of data", service, opened],
  ])("is read as the file: %s", async (_, own, text) => {
    const answer = `Here is the file:\n\n${text}\n\nThat is all there is to it.\n`;
    expect(pieces(own, answer)).toEqual([text]);
    expect(edits(own, answer)).toMatchObject([{ path: own.path, label: "Here is the file:" }]);
    expect(await outcome(own, answer)).toBe(`${text}\n`);
  });

  it("is cut off where the answer is", () => {
    expect(pieces(service, opened.slice(0, -20), true)).toEqual(["broken: truncated"]);
  });

  it("is not what has the file's title for a heading", () => {
    const fenced = `# Tool\n\nI mended it:\n\n\`\`\`markdown\n${mended}\n\`\`\`\n`;
    expect(pieces(readme, fenced)).toEqual([mended]);
    const edit = `# Tool\n\n${block("npm instal tool", "npm install tool")}`;
    expect(pieces(readme, edit)).toEqual(["replace: searchReplace"]);
    const words = "# Tool\n\nI would write `install`.\n\n```bash\nnpm install tool\n```\n";
    expect(pieces(readme, words)).toEqual(["npm install tool"]);
  });

  it("is not what begins with the file's first line and goes on in a fence", () => {
    const answer = `kind: Service\n\nis to be:\n\n\`\`\`yaml\n${opened}\n\`\`\`\n`;
    expect(pieces(service, answer)).toEqual([opened]);
  });
});
