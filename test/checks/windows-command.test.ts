import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { startable } from "../../src/checks/process/windows-command";
import { folderForTest } from "../support/folder-for-test";

let folder: string;
beforeEach(() => {
  folder = folderForTest("windows command ");
});

function write(path: string, text = ""): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function started(words: readonly [string, ...string[]], ...path: readonly string[]) {
  const PATH = path.map((each) => join(folder, each)).join(delimiter);
  return startable(words, { environment: { PATH, JAVA_HOME: join(folder, "jdk") }, folder });
}

const java = (): string => join(folder, "jdk", "bin", "java.exe");

describe("a command on Windows, where a script is started by a shell only", () => {
  it("is started as it is when it is a program, also where a script of its name comes later", async () => {
    write("one/go.exe");
    write("two/go.cmd");
    expect(await started(["go", "test"], "one", "two")).toEqual(["go", "test"]);
    expect(await started(["nothing", "x"], "one")).toEqual(["nothing", "x"]);
  });

  it("that is Maven's script is Java with Maven's launcher, word for word", async () => {
    write("maven/bin/mvn");
    write("maven/bin/mvn.cmd");
    const jar = write("maven/boot/plexus-classworlds-2.8.0.jar");
    const home = join(folder, "maven");
    expect(await started(["mvn", "--offline", "-Dtest=A&calc", "test"], "maven/bin")).toEqual([
      java(),
      "-classpath",
      jar,
      `-Dclassworlds.conf=${join(home, "bin", "m2.conf")}`,
      `-Dmaven.home=${home}`,
      `-Dmaven.multiModuleProjectDirectory=${folder}`,
      "org.codehaus.plexus.classworlds.launcher.Launcher",
      "--offline",
      "-Dtest=A&calc",
      "test",
    ]);
  });

  it.each(["gradle-launcher-8.5.jar", "gradle-gradle-cli-main-8.11.jar"])(
    "that is Gradle's script, given by its path, is Java with %s",
    async (name) => {
      write("gradle/bin/gradle.bat");
      write("gradle/lib/gradle-core-8.jar");
      const jar = write(`gradle/lib/${name}`);
      expect(await started([join(folder, "gradle/bin/gradle"), "test"])).toEqual([
        java(),
        "-classpath",
        jar,
        "org.gradle.launcher.GradleMain",
        "test",
      ]);
    },
  );

  it("that npm wrote for a package is Node with the package's script, and so is npm's own", async () => {
    const bin = write("node_modules/tool/bin.mjs");
    write(
      "node_modules/.bin/tool.cmd",
      '@ECHO off\r\nendLocal & goto #_undefined_# 2>NUL || title %COMSPEC% & "%_prog%"  "%dp0%\\..\\tool\\bin.mjs" %*\r\n',
    );
    expect(await started(["tool", "a b"], "node_modules/.bin")).toEqual(["node", bin, "a b"]);
    write("node/npm.cmd", 'SET "NPM_CLI_JS=%~dp0\\node_modules\\npm\\bin\\npm-cli.js"\r\n');
    const npm = write("node/node_modules/npm/bin/npm-cli.js");
    expect(await started(["npm", "test"], "node")).toEqual(["node", npm, "test"]);
  });

  it("that is any other script is not started, and this is said", async () => {
    write("run-tests.bat", "echo %*");
    expect(await started(["./run-tests.bat", "& calc"])).toBe(
      "`run-tests.bat` is a script that Windows starts by a shell only; name the program that it starts.",
    );
  });
});
