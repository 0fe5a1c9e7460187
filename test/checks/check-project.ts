import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";
import { defined } from "../../src/base/defined";
import { languageOf } from "../../src/base/languages/language-of-file";
import { ProjectChecker, type ProjectCheckerOptions } from "../../src/checks/project-checker";
import type { PreparedChecks } from "../../src/core/run/checks/checker";
import type { Check, CheckSaid } from "../../src/protocol/checks";
import type { Target } from "../../src/protocol/document";

/** A project on the disk, and a folder in which its copies are made, for as long as its test runs. */
export class CheckProject {
  readonly root: string;
  readonly temporary: string;

  constructor(files: Readonly<Record<string, string>>) {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "checked project ")));
    this.root = join(folder, "root");
    this.temporary = join(folder, "temporary");
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
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
}

type Options = ProjectCheckerOptions & { readonly symbol?: string };

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
  options: Options = {},
): Promise<Checked> {
  return await withChecks(project.target(name, text), project, options, async (prepared, run) => {
    const before: CheckSaid[] = [];
    const after: CheckSaid[] = [];
    for (const { id } of prepared.checks) {
      before.push(await run(id));
      if (edited !== undefined) after.push(await run(id, edited));
    }
    const labels = prepared.checks.map(({ label }) => label);
    return { labels, unchecked: prepared.unchecked, before, after };
  });
}

/** What a file does, as it is and with an edit; undefined where there is nothing to tell it by. */
export async function behaviour(
  project: CheckProject,
  name: string,
  text: string,
  edited: string,
  options: Options = {},
): Promise<Check | undefined> {
  return await withChecks(project.target(name, text), project, options, async (prepared, run) => {
    const check = prepared.behaviour;
    if (check === undefined) return undefined;
    const before = await run(check.id);
    return { ...check, before, after: await run(check.id, edited) };
  });
}

async function withChecks<T>(
  target: Target,
  project: CheckProject,
  { symbol, ...options }: Options,
  work: (
    prepared: PreparedChecks,
    run: (id: string, edited?: string) => Promise<CheckSaid>,
  ) => Promise<T>,
): Promise<T> {
  const { signal } = new AbortController();
  const prepared = await project
    .checker(options)
    .prepare({ target, ...defined({ symbol }) }, signal);
  const { uri, path } = target;
  try {
    return await work(prepared, (id, proposed) =>
      prepared.run(id, proposed === undefined ? [] : [{ uri, path, proposed }], signal),
    );
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
