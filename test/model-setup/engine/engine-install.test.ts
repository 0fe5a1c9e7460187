import { chmod, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { failureOf } from "../../../src/core/failure-error";
import {
  engineInstalled,
  enginePackages,
  installEngine,
} from "../../../src/model-setup/engine/install-engine";
import { folderForTest } from "../../support/folder-for-test";

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  return { ...real, rename: vi.fn(real.rename) };
});

/** Stands in for npm: puts the wanted packages into node_modules as npm would, with a version. */
const fakeNpm = (version: string, more = ""): string => `#!${process.execPath}
const fs = require("node:fs");
${more}
const { dependencies } = JSON.parse(fs.readFileSync("package.json", "utf8"));
for (const name of Object.keys(dependencies)) {
  fs.mkdirSync("node_modules/" + name, { recursive: true });
  fs.writeFileSync("node_modules/" + name + "/package.json", JSON.stringify({ version: ${JSON.stringify(version)} || dependencies[name] }));
}
`;

describe.skipIf(process.platform === "win32")("installing the engine", () => {
  let home: string;
  let folder: string;

  beforeEach(async () => {
    home = folderForTest("thinkaloud-install-");
    folder = join(home, "engine");
  });

  async function npmThat(text: string): Promise<string> {
    const path = join(home, "npm");
    await writeFile(path, text);
    await chmod(path, 0o755);
    return path;
  }

  it("asks for exact versions of the library and of one build, and of no graphics build unless told to", () => {
    const packages = enginePackages();
    expect(Object.keys(packages)).toHaveLength(2);
    expect(new Set(Object.values(packages))).toEqual(new Set(["3.22.1"]));
    expect(Object.keys(packages).join()).not.toMatch(/cuda|vulkan/);
  });

  it("puts everything in place at once, over an older one", async () => {
    await mkdir(join(folder, "node_modules", "leftover"), { recursive: true });
    expect(await engineInstalled(folder)).toBe(false);
    await installEngine({ folder, npm: await npmThat(fakeNpm("")) });
    expect(await engineInstalled(folder)).toBe(true);
    expect(await readdir(join(folder, "node_modules"))).not.toContain("leftover");
    expect((await readdir(home)).sort()).toEqual(["engine", "npm"]);
  });

  it("leaves what was there when npm fails, and says why and what to type", async () => {
    await mkdir(join(folder, "node_modules", "older"), { recursive: true });
    const broken = await npmThat(`#!/bin/sh\necho "the registry is asleep" >&2; exit 1\n`);
    const failure = await installEngine({ folder, npm: broken }).catch(failureOf);
    expect(failure).toMatchObject({
      kind: "engineNotInstalled",
      cause: expect.stringContaining("the registry is asleep"),
    });
    expect(failure).toMatchObject({
      cause: expect.stringContaining(`npm install --prefix "${folder}"`),
    });
    expect(await readdir(join(folder, "node_modules"))).toEqual(["older"]);
    expect((await readdir(home)).sort()).toEqual(["engine", "npm"]);
  });

  it("puts the older one back where the new one cannot take its place", async () => {
    await mkdir(join(folder, "node_modules", "older"), { recursive: true });
    const held = Object.assign(new Error("held by another program"), { code: "EPERM" });
    const usual = vi.mocked(rename).getMockImplementation() ?? rename;
    vi.mocked(rename).mockImplementationOnce(usual).mockRejectedValueOnce(held);
    const failure = await installEngine({ folder, npm: await npmThat(fakeNpm("")) }).catch(
      failureOf,
    );
    expect(failure).toMatchObject({ cause: expect.stringContaining("held by another program") });
    expect(await readdir(join(folder, "node_modules"))).toEqual(["older"]);
    expect((await readdir(home)).sort()).toEqual(["engine", "npm"]);
  });

  it("names what is missing where there is no npm", async () => {
    const failure = await installEngine({ folder, npm: join(home, "nowhere") }).catch(failureOf);
    expect(failure).toMatchObject({
      kind: "engineNotInstalled",
      cause: expect.stringContaining("npm is not on this machine"),
    });
  });

  it("takes no other version for the right one", async () => {
    const failure = await installEngine({ folder, npm: await npmThat(fakeNpm("9.9.9")) }).catch(
      failureOf,
    );
    expect(failure).toMatchObject({ kind: "engineNotInstalled" });
    expect(await engineInstalled(folder)).toBe(false);
  });

  it("is done once for two windows that want it at the same time, and the second says what it waits for", async () => {
    const count = `fs.appendFileSync(${JSON.stringify(join(home, "calls"))}, "x");`;
    const npm = await npmThat(fakeNpm("", count));
    const told: string[][] = [[], []];
    await Promise.all(
      told.map((words) => installEngine({ folder, npm, onProgress: (what) => words.push(what) })),
    );
    expect(await readFile(join(home, "calls"), "utf8")).toBe("x");
    const [first, second] = told.sort((one, other) => one.length - other.length);
    expect(first).toEqual(["Installing the engine"]);
    expect(new Set(second)).toEqual(new Set(["Another window is installing the engine"]));
    expect(await engineInstalled(folder)).toBe(true);
    expect((await readdir(home)).sort()).toEqual(["calls", "engine", "npm"]);
  });

  it("stops when the person stops it, leaving nothing behind", async () => {
    const npm = await npmThat(
      fakeNpm("", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20000);"),
    );
    const stop = new AbortController();
    const reason = new Error("stopped");
    const work = installEngine({ folder, npm, signal: stop.signal });
    setTimeout(() => stop.abort(reason), 100);
    await expect(work).rejects.toBe(reason);
    expect(await readdir(home)).toEqual(["npm"]);
  });
});
