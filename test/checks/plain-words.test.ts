import { expect, it } from "vitest";
import { wordsOfCommand, wordsOfLine, wordsOfProgram } from "../../src/checks/tests/plain-words";

it.each([
  ["npm  test -- --run", ["npm", "test", "--", "--run"]],
  ["npm test && rm -rf x", undefined],
  ["echo $HOME", undefined],
  ["npm test 'a b'", undefined],
  ["npm test #x", undefined],
])("a task's line %j is run only where a shell would read the same", (line, words) => {
  expect(wordsOfLine(line)).toEqual(words);
});

it("a command is a word, and its arguments too", () => {
  expect(wordsOfCommand("npm", ["test"])).toEqual(["npm", "test"]);
  expect(wordsOfCommand("npm test", [])).toBeUndefined();
  expect(wordsOfCommand("npm", ["a|b"])).toBeUndefined();
});

it("a program's words are taken as they are, but for those that the editor would change", () => {
  expect(wordsOfProgram(["npm", "a|b $HOME"])).toEqual(["npm", "a|b $HOME"]);
  expect(wordsOfProgram(["npm", "\u0024{file}"])).toBeUndefined();
});
