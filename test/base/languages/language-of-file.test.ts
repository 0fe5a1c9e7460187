import { expect, it } from "vitest";
import { languageOf } from "../../../src/base/languages/language-of-file";
import { knownByFirstLine, knownToTheEditor } from "./known-files";

it.each(knownToTheEditor)(
  "takes a file called %s for %s, as the editor does",
  (name, languageId) => {
    expect(languageOf(`/some.py/folder/${name}`, "")).toBe(languageId);
    expect(languageOf(`C:\\some.py\\folder\\${name}`, "")).toBe(languageId);
  },
);

it.each([
  ["CMakeLists.txt", "cmake"],
  ["a.cmake", "cmake"],
  ["a.kt", "kotlin"],
  ["build.gradle.kts", "kotlin"],
  ["a.vue", "vue"],
  ["a.svelte", "svelte"],
  ["Cargo.toml", "toml"],
  ["main.tf", "terraform"],
])(
  "takes a file called %s for %s, as the editor does with that language's extension",
  (name, languageId) => {
    expect(languageOf(name, "")).toBe(languageId);
  },
);

it.each(knownByFirstLine)("takes a script that begins with %s for %s", (line, languageId) => {
  expect(languageOf("bin/script", `${line}\r\nmore\n`)).toBe(languageId);
});

it("believes the name before the first line", () => {
  expect(languageOf("a.py", "#!/bin/sh\n")).toBe("python");
});
