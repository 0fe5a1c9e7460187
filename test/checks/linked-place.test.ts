import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { LinkedPlace } from "../../src/checks/place/linked-place";
import { projectFolders } from "../../src/checks/place/project-root";
import { CheckProject } from "./check-project";

it("a file has another text among links to the rest of its project, and nothing of the project is copied or touched", async () => {
  const project = new CheckProject({
    "src/net.py": "old",
    "src/tax.py": "tax",
    "lib/deep/a.py": "a",
  });
  mkdirSync(project.path(".git"));
  const file = project.path("src/net.py");
  const place = await LinkedPlace.make(projectFolders(file), file, project.temporary);
  expect(existsSync(place.path)).toBe(false);
  writeFileSync(place.path, "new");
  const root = join(place.parent, "..");
  expect(readFileSync(join(root, "src/tax.py"), "utf8")).toBe("tax");
  expect(readFileSync(join(root, "lib/deep/a.py"), "utf8")).toBe("a");
  expect(existsSync(join(root, ".git"))).toBe(false);
  expect(readFileSync(file, "utf8")).toBe("old");
  await place.dispose();
  expect(project.copies()).toEqual([]);
  expect(readFileSync(project.path("lib/deep/a.py"), "utf8")).toBe("a");
});
