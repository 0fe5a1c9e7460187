import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { languageOf } from "../../src/base/languages/language-of-file";
import type { ContextQuery } from "../../src/core/context/context-source";
import { mentionsIn } from "../../src/core/context/mentions";
import { ProjectFiles } from "../../src/project/project-files";
import type { ProjectParts } from "../../src/project/project-parts";

import { createSyntaxSource } from "../../src/syntax/syntax-source";
import { installedGrammars } from "../syntax/place";

/** A real folder of files with what a search in it needs. */
export class ProjectFolder {
  readonly path = mkdtempSync(join(tmpdir(), "project-"));
  readonly files = new ProjectFiles(this.path);
  readonly syntax = createSyntaxSource(installedGrammars());
  readonly parts: ProjectParts = {
    files: this.files,
    outlines: this.syntax,
    shownPath: (path) => path,
    listedPath: (path) => (path.startsWith("..") ? undefined : path),
  };

  constructor(contents: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(contents)) this.write(path, text);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.path, path)), { recursive: true });
    writeFileSync(join(this.path, path), text);
  }

  /** What is looked for with the cursor in the line that holds `at`. */
  async query(path: string, text: string, at: string, question = ""): Promise<ContextQuery> {
    const line = text.split("\n").findIndex((each) => each.includes(at));
    const place = { line, character: 0 };
    const target = {
      uri: `file://${join(this.path, path)}`,
      path,
      languageId: languageOf(path, text),
      version: 1,
      text,
      range: { start: place, end: place },
      diagnostics: [],
    };
    const syntax = await this.syntax.context(target);
    return { action: "fix", target, syntax, mentions: mentionsIn(question) };
  }

  remove(): void {
    this.syntax.dispose();
    rmSync(this.path, { recursive: true, force: true });
  }
}
