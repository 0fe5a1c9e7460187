import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { languageOf } from "../../src/base/languages/language-of-file";
import { ProjectChecker, type ProjectCheckerOptions } from "../../src/checks/project-checker";
import type { Check, CheckSaid } from "../../src/protocol/checks";
import type { Target } from "../../src/protocol/document";

/** A project on the disk, and a folder in which its copies are made. */
export class CheckProject {
  readonly root: string;
  readonly temporary: string;
  readonly #folder: string;

  constructor(files: Readonly<Record<string, string>>) {
    this.#folder = realpathSync(mkdtempSync(join(tmpdir(), "checked project ")));
    this.root = join(this.#folder, "root");
    this.temporary = join(this.#folder, "temporary");
    mkdirSync(this.temporary, { recursive: true });
    for (const [name, content] of Object.entries({ "pyproject.toml": "", ...files })) {
      mkdirSync(dirname(join(this.root, name)), { recursive: true });
      writeFileSync(join(this.root, name), content);
    }
  }

  path(name: string): string {
    return join(this.root, name);
  }

  /** The copies that are there now. */
  copies(): readonly string[] {
    return readdirSync(this.temporary);
  }

  target(name: string, text: string): Target {
    const start = { line: 0, character: 0 };
    return {
      uri: pathToFileURL(this.path(name)).href,
      path: name,
      languageId: languageOf(name, text),
      version: 0,
      text,
      range: { start, end: start },
      diagnostics: [],
    };
  }

  checker(options: ProjectCheckerOptions = {}): ProjectChecker {
    return new ProjectChecker({ temporary: this.temporary, ...options });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export interface Checked {
  readonly labels: readonly string[];
  readonly unchecked: readonly string[];
  readonly before: readonly CheckSaid[];
  readonly after: readonly CheckSaid[];
}

/** Runs all checks of a file as it is, and with the edit when there is one. */
export async function checked(
  project: CheckProject,
  name: string,
  text: string,
  edited?: string,
  options: ProjectCheckerOptions & { readonly symbol?: string } = {},
): Promise<Checked> {
  const signal = new AbortController().signal;
  const target = project.target(name, text);
  const { symbol, ...rest } = options;
  const request = { target, ...(symbol === undefined ? {} : { symbol }) };
  const prepared = await project.checker(rest).prepare(request, signal);
  try {
    const before: CheckSaid[] = [];
    const after: CheckSaid[] = [];
    for (const { id } of prepared.checks) {
      before.push(await prepared.run(id, [], signal));
      if (edited === undefined) continue;
      const file = { uri: target.uri, path: target.path, proposed: edited };
      after.push(await prepared.run(id, [file], signal));
    }
    const labels = prepared.checks.map(({ label }) => label);
    return { labels, unchecked: prepared.unchecked, before, after };
  } finally {
    await prepared.dispose();
  }
}

/** What a file does, as it is and with an edit; undefined where there is nothing to tell it by. */
export async function behaviour(
  project: CheckProject,
  name: string,
  text: string,
  edited: string,
  { symbol, ...options }: ProjectCheckerOptions & { readonly symbol?: string } = {},
): Promise<Check | undefined> {
  const signal = new AbortController().signal;
  const target = project.target(name, text);
  const request = { target, ...(symbol === undefined ? {} : { symbol }) };
  const prepared = await project.checker(options).prepare(request, signal);
  try {
    const check = prepared.behaviour;
    if (check === undefined) return undefined;
    const file = { uri: target.uri, path: target.path, proposed: edited };
    const before = await prepared.run(check.id, [], signal);
    return { ...check, before, after: await prepared.run(check.id, [file], signal) };
  } finally {
    await prepared.dispose();
  }
}

/** `add(2, 3) failed: expected 5, got -1`, a line for each case. */
export function told(said: CheckSaid | undefined): readonly string[] {
  return (
    said?.cases.map(({ name, state, expected, got }) =>
      state === "passed" ? `${name} passed` : `${name} ${state}: expected ${expected}, got ${got}`,
    ) ?? []
  );
}
