import { expect, it } from "vitest";
import { testFileFor } from "../../../../src/core/prompt/words/test-file";

it.each([
  ["src/shapes.py", "python", "src/test_shapes.py", "src/test_shapes_2.py"],
  ["shapes.go", "go", "shapes_test.go", "shapes2_test.go"],
  ["a/Shape.java", "java", "a/ShapeTest.java", "a/Shape2Test.java"],
  ["a.b/shape.ts", "typescript", "a.b/shape.test.ts", "a.b/shape2.test.ts"],
  ["Makefile", "makefile", "Makefile.test", "Makefile2.test"],
])("the tests of %s go beside it, by the custom of %s", (path, languageId, first, second) => {
  expect(testFileFor(path, languageId)).toBe(first);
  expect(testFileFor(path, languageId, 2)).toBe(second);
});
