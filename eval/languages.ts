import { join } from "node:path";
import * as esbuild from "esbuild";
import type { EvalCase, EvalLanguage } from "./eval-case";

/** A program that takes part in running tests. */
interface Command {
  readonly words: readonly [string, ...string[]];
  /** It only compiles: where that takes too long nothing is known of the code. */
  readonly compiles?: true;
}

/** What a language takes to run a case's tests, in the project's folder. */
interface Language {
  /** Files that every project of the language has, where the case brings none. */
  readonly files?: Readonly<Record<string, string>>;
  /** Run one after the other, until one fails. */
  commands(tests: readonly string[]): readonly Command[];
  /**
   * What a person types for the tests where no runner of the language is named by the project, as
   * nothing may have to be installed.
   */
  readonly typed?: string;
  /**
   * What is made of the files before. Throws an Error when it cannot be, as when they do not even
   * parse.
   */
  build?(project: string, tests: readonly string[]): Promise<void>;
}

const builtTests = ".built";
const isTest = (path: string): boolean => /\.test\.[jt]s$/.test(path);

const languages: Readonly<Record<EvalLanguage, Language>> = {
  python: { commands: () => [{ words: ["python3", "-m", "unittest", "-q"] }] },
  javascript: {
    commands: (tests) => [{ words: [process.execPath, "--test", ...tests.filter(isTest)] }],
  },
  typescript: {
    // As Node runs it.
    files: {
      "tsconfig.json":
        '{ "compilerOptions": { "strict": true, "noEmit": true, "allowImportingTsExtensions": true } }\n',
    },
    commands: (tests) => [
      { words: [process.execPath, "--test", ...tests.filter(isTest).map(builtPath)] },
    ],
    build: async (project, tests) => {
      for (const path of tests.filter(isTest))
        await esbuild.build({
          entryPoints: [join(project, path)],
          outfile: join(project, builtPath(path)),
          bundle: true,
          platform: "node",
          format: "cjs",
          logLevel: "silent",
        });
    },
  },
  go: {
    files: { "go.mod": "module app\n\ngo 1.21\n" },
    commands: () => [
      { words: ["go", "test", "-run", "^$", "./..."], compiles: true },
      { words: ["go", "test", "./..."] },
    ],
  },
  rust: {
    files: { "Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n' },
    commands: () => [
      {
        words: ["rustc", "--edition", "2021", "--test", "-o", "checked", "src/lib.rs"],
        compiles: true,
      },
      { words: ["./checked", "-q"] },
    ],
  },
  java: {
    typed: 'sh -c "javac -d classes *.java && exec java -ea -cp classes Check"',
    commands: () => [
      // The words are constant; the shell only lists the files.
      { words: ["sh", "-c", "exec javac -d classes *.java"], compiles: true },
      { words: ["java", "-ea", "-cp", "classes", "Check"] },
    ],
  },
};

function builtPath(path: string): string {
  return join(builtTests, `${path.replaceAll("/", "-")}.cjs`);
}

/** The files of a case's project, without its tests. */
export function projectOf({ files, language }: EvalCase): ReadonlyMap<string, string> {
  return new Map([...Object.entries(languages[language].files ?? {}), ...files]);
}

/** The commands that run a case's tests. */
export function commandsOf({ language, tests, testWords }: EvalCase): readonly Command[] {
  if (testWords !== undefined) return [{ words: testWords }];
  return languages[language].commands([...tests.keys()]);
}

/** What is typed for the tests of a case; undefined where they are found. */
export function typedFor({ language }: EvalCase): string | undefined {
  return languages[language].typed;
}

/** Makes what the commands need. Throws an Error when the project cannot be built. */
export async function buildTests({ language, tests }: EvalCase, project: string): Promise<void> {
  await languages[language].build?.(project, [...tests.keys()]);
}
