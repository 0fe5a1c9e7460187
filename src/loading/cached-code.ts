import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire, Module } from "node:module";
import { basename, dirname, join } from "node:path";
import { Script } from "node:vm";

/** So long after a bundle was loaded, what it needs to start is compiled, and nobody waits. */
export const keptAfterMs = 3_000;
const digestBytes = 32;

/**
 * Loads a bundle as `require` does, with the code that V8 made of it the last time: of the 18 ms
 * that an editor took to load the extension, 10 went into compiling it. What is kept is only used
 * by the same V8 for the same text, and whole.
 *
 * @param file absolute path of a CommonJS bundle without `import()`.
 * @param folder where compiled code is kept; it is as trusted as the bundle.
 */
export function requireCached<Exports>(file: string, folder: string): Exports {
  const source = readFileSync(file, "utf8");
  const engine = `${process.versions.v8}-${process.arch}-`;
  const kept = join(folder, `${engine}${digestOf(source).toString("hex", 0, 8)}.bin`);
  const cachedData = keptCode(kept);
  const script = new Script(Module.wrap(source), {
    filename: file,
    ...(cachedData !== undefined && { cachedData }),
  });
  const require = createRequire(file);
  const loaded = new Module(file);
  loaded.filename = file;
  // The parts that are loaded later ask for what they share with it.
  require.cache[file] = loaded;
  try {
    script.runInThisContext()(loaded.exports, require, loaded, file, dirname(file));
  } catch (thrown) {
    delete require.cache[file];
    throw thrown;
  }
  loaded.loaded = true;
  if (cachedData === undefined || script.cachedDataRejected === true)
    setTimeout(() => void keep(script, kept, engine), keptAfterMs).unref();
  return loaded.exports;
}

/** V8 does not look whether the code is whole: half a file, as a full disk leaves it, ends it. */
function keptCode(file: string): Buffer | undefined {
  try {
    const bytes = readFileSync(file);
    const code = bytes.subarray(digestBytes);
    return digestOf(code).equals(bytes.subarray(0, digestBytes)) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** In the place of what the same V8 was kept of older versions. */
async function keep(script: Script, file: string, engine: string): Promise<void> {
  const folder = dirname(file);
  const code = script.createCachedData();
  const unfinished = `${file}.${process.pid}`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(unfinished, Buffer.concat([digestOf(code), code]), { mode: 0o600 });
    await rename(unfinished, file);
    for (const name of await readdir(folder))
      if (name.startsWith(engine) && name !== basename(file)) await rm(join(folder, name));
  } catch {
    // The next window compiles it anew, that is all.
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}

function digestOf(data: string | Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}
