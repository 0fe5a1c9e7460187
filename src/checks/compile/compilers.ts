import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { languageById } from "../../base/languages/languages";
import type { Target } from "../../protocol/document";
import { nodeOf } from "../interpreters";
import { holding, inCopy } from "../place/in-copy";
import type { PrivateCopy } from "../place/private-copy";
import { upwards } from "../place/project-root";
import type { ProjectCommand } from "../project-command";
import { commandOf, maven } from "../tests/build-tools";

export interface CompilerWish {
  readonly target: Target;
  /** The file, relative to the project. */
  readonly file: string;
  readonly copy: PrivateCopy;
  readonly environment: NodeJS.ProcessEnv;
}

/** What tells whether a file compiles; undefined where nothing is known that does. */
export async function compilerCommand(wish: CompilerWish): Promise<ProjectCommand | undefined> {
  const compiler = languageById(wish.target.languageId)?.compiler;
  switch (compiler) {
    case undefined:
      return undefined;
    case "goVet":
      return goCommand(wish);
    case "cargoCheck":
      return cargoCommand(wish);
    case "javac":
      return await javaCommand(wish);
    case "tsc":
      return await typescriptCommand(wish);
    default:
      return compiler satisfies never;
  }
}

/** It reads what it would compile, and links nothing. */
function goCommand({ file, copy }: CompilerWish): ProjectCommand | undefined {
  if (holding("go.mod", file, copy) === undefined) return undefined;
  const folder = dirname(file);
  return {
    words: ["go", "vet", "."],
    folder: join(copy.project, folder),
    label: `go vet ${folder === "." ? "." : `./${folder}`}`,
    program: "go vet",
  };
}

function cargoCommand({ file, copy }: CompilerWish): ProjectCommand | undefined {
  const folder = holding("Cargo.toml", file, copy);
  if (folder === undefined) return undefined;
  return {
    words: ["cargo", "check", "--offline", "--message-format=short"],
    folder,
    label: "cargo check",
    program: "cargo check",
    environment: { CARGO_TARGET_DIR: join(copy.folder, "target") },
  };
}

async function javaCommand({
  target,
  file,
  copy,
  environment,
}: CompilerWish): Promise<ProjectCommand | undefined> {
  // Gradle alone knows where the libraries of its projects are, and takes its time to say so.
  if (["build.gradle", "build.gradle.kts"].some((name) => holding(name, file, copy)))
    return undefined;
  const pom = holding("pom.xml", file, copy);
  if (pom !== undefined) {
    const folders = upwards(dirname(join(copy.root, file)), copy.root);
    return {
      words: [
        await commandOf(maven, folders, environment),
        ...["--offline", "--batch-mode", "--quiet", "compile"],
      ],
      folder: pom,
      label: "mvn compile",
      program: "mvn compile",
    };
  }
  // `package shop.tills;` in `src/shop/tills/Till.java`: what it names is looked for below `src`.
  const names = /^\s*package\s+([\w.]+)\s*;/m.exec(target.text)?.[1]?.split(".") ?? [];
  const sources = join(copy.project, dirname(file), ...names.map(() => ".."));
  return {
    words: [
      ...(["javac", "-proc:none", "-encoding", "UTF-8"] as const),
      ...["-d", join(copy.home, "classes"), "-sourcepath", sources],
      join(copy.project, file),
    ],
    folder: copy.project,
    label: `javac ${file}`,
    program: "javac",
  };
}

const tscScript = "node_modules/typescript/bin/tsc";

async function typescriptCommand({
  file,
  copy,
  environment,
}: CompilerWish): Promise<ProjectCommand | undefined> {
  const folder = holding("tsconfig.json", file, copy);
  const script = upwards(dirname(join(copy.root, file)), copy.root)
    .map((above) => join(above, tscScript))
    .find((path) => existsSync(path));
  const node = await nodeOf(environment);
  if (folder === undefined || script === undefined || node === undefined) return undefined;
  const inside = relative(copy.project, folder);
  return {
    words: [node.command, inCopy(script, copy), "--noEmit", "--pretty", "false", "--project", "."],
    folder,
    label: `tsc --noEmit${inside === "" ? "" : ` --project ${inside}`}`,
    program: "tsc",
  };
}
