import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isRecord } from "../../base/guards";
import { upwards } from "./project-root";

/** The script behind a package's command, found as Node finds packages. */
export async function binOf(name: string, from: string, upTo: string): Promise<string | undefined> {
  for (const folder of upwards(from, upTo)) {
    const home = join(folder, "node_modules", name);
    const manifest = await jsonOf(join(home, "package.json"));
    const bin = isRecord(manifest) ? manifest["bin"] : undefined;
    const path = isRecord(bin) ? bin[name] : bin;
    if (typeof path === "string") return join(home, path);
  }
  return undefined;
}

export async function jsonOf(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return undefined;
  }
}
