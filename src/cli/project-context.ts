import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { staysInside } from "../base/text/stays-inside";
import type { ContextSource } from "../core/context/context-source";
import { mentionText } from "../core/context/mentions";
import { SecretMasks } from "../core/context/secret-masks";
import { InstructionFiles } from "../project/instruction-files";
import { MentionSource } from "../project/mention-source";
import { ProjectFiles } from "../project/project-files";
import type { Outlines } from "../project/project-parts";
import { ProjectSearch } from "../project/project-search";
import { secretRules } from "../project/secret-rules";
import type { Target } from "../protocol/document";
import { readSourceFile } from "./source-file";

export interface ProjectContext {
  context(): Promise<readonly ContextSource[]>;
  readonly secrets: SecretMasks;
  /**
   * Another file of the project, with a place in it; undefined for one that is ignored, or that a
   * link leads out of the project.
   */
  takeFile(uri: string, line: number | undefined): Promise<Target | undefined>;
}

/** Who looks for what belongs to a file, below the folder of its project. */
export function projectContext(absolutePath: string, outlines: Outlines): ProjectContext {
  const files = new ProjectFiles(projectRoot(absolutePath));
  const secrets = new SecretMasks(secretRules);
  const parts = {
    files,
    outlines,
    shownPath: (path: string): string => shown(join(files.root, path)),
    listedPath: (path: string): string | undefined => below(files.root, resolve(path)),
  };
  return {
    // Whoever starts a program in a folder trusts what the folder says.
    context: async () => [
      patient(new ProjectSearch(parts)),
      new MentionSource(parts),
      shownNowhere,
      patient(new InstructionFiles(parts, () => true)),
    ],
    secrets,
    takeFile: async (uri, line) => {
      const { absolutePath: real, target } = await readSourceFile(fileURLToPath(uri), line);
      const inside = below(files.root, real);
      if (inside === undefined || (await files.isIgnored(inside))) return undefined;
      return target;
    },
  };
}

/** `@terminal` and the like name what only an editor shows: there is none, which has to be said. */
const shownNowhere: ContextSource = {
  name: "shown",
  find: async ({ mentions }) => ({
    pieces: [],
    dropped: mentions
      .filter((mention) => !("name" in mention))
      .map(mentionText)
      .map((word) => ({ id: word, title: word, why: "missing" })),
  }),
};

/** Nobody waits at a cursor here, and a program that has just started has no trees yet. */
const patienceMs = 3_000;

function patient(source: ContextSource): ContextSource {
  return {
    name: source.name,
    limitMs: patienceMs,
    find: (...asked) => source.find(...asked),
  };
}

/**
 * The nearest folder above that holds a repository; else the folder that the person is in, else the
 * file's own.
 */
function projectRoot(absolutePath: string): string {
  const own = dirname(absolutePath);
  for (let folder = own; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (folder === dirname(folder)) break;
  }
  return below(process.cwd(), absolutePath) === undefined ? own : process.cwd();
}

function below(folder: string, path: string): string | undefined {
  const inside = relative(folder, path);
  return staysInside(inside) ? inside.split(sep).join("/") : undefined;
}

/** As the file that is asked about is shown: relative to where the person is. */
function shown(absolutePath: string): string {
  return (below(process.cwd(), absolutePath) ?? absolutePath).split(sep).join("/");
}
