// Figures: `npm run bench` takes the quick ones, `npm run bench -- NAME...` those that are named.
// Every bench/NAME.ts that exports `bench` is one. `--without RULE` leaves a rule of the edit engine
// out, to show what falls then.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt } from "./setup/built.mjs";
import { bundled } from "./setup/bundled.mjs";
import { ensureModel } from "./setup/model.mjs";
import { ensureNodeModules } from "./setup/node-modules.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { root } from "./setup/root.mjs";
import { say, speakOn } from "./setup/step.mjs";

/**
 * They take many minutes, so only their name starts them.
 * @type {Readonly<Record<string, string>>}
 */
const slow = {
  fix: "forty programs with a real model, half an hour on a laptop",
  clean:
    "thousands of edits of other people's files, some minutes, and the first time it fetches the packages that have them",
  writing: "eight answers of a real model, some minutes",
  tries: "twenty answers of a real model, some minutes",
  servers: "the same twenty requests to each server that THINKALOUD_SERVERS names, minutes each",
};
/** They ask whichever model there is; `BENCH_MODEL` names one. */
const needsModel = new Set(["fix", "writing", "tries"]);

// Standard output is for the figures.
speakOn(process.stderr);
requireNode();
const folder = join(root, "bench");
const all = readdirSync(folder)
  .filter(
    (file) =>
      file.endsWith(".ts") &&
      readFileSync(join(folder, file), "utf8").includes("export async function bench()"),
  )
  .map((file) => file.slice(0, -".ts".length));
const { positionals: wanted, values } = parseArgs({
  allowPositionals: true,
  options: { without: { type: "string" } },
});
if (values.without !== undefined) process.env.EDIT_WITHOUT = values.without;
const unknown = wanted.find((name) => !all.includes(name));
if (unknown !== undefined) {
  console.error(`There is no bench "${unknown}"; there are ${all.join(", ")}.`);
  process.exit(2);
}

try {
  await ensureNodeModules();
  await ensureBuilt();
  if (wanted.some((name) => needsModel.has(name))) await ensureModel(process.env.BENCH_MODEL);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
process.chdir(root);
const names = wanted.length > 0 ? wanted : all.filter((name) => slow[name] === undefined);
let failed = 0;
const files = await bundled(
  names.map((name) => `bench/${name}.ts`),
  "bench",
);
for (const [index, file] of files.entries()) {
  const name = names[index];
  console.log(`\n${name}`);
  try {
    const { bench } = createRequire(import.meta.url)(file);
    show(await bench());
  } catch (error) {
    failed++;
    console.error(`${name} failed: ${error.stack ?? error}`);
  }
}
if (wanted.length === 0)
  for (const [name, why] of Object.entries(slow))
    say(`\nNot run: ${name} (${why}); \`npm run bench -- ${name}\` runs it.`);
// A benchmark's leftovers must not hold the terminal.
process.exit(failed === 0 ? 0 : 1);

/**
 * @param {readonly {
 *   readonly name: string, readonly value: number, readonly unit: string, readonly note?: string
 * }[]} results
 */
function show(results) {
  const rows = results.map(({ note = "", ...row }) => ({ ...row, note, value: number(row.value) }));
  /** @param {"name" | "value" | "unit"} column */
  const width = (column) => Math.max(0, ...rows.map((row) => row[column].length));
  const [first, second, third] = [width("name"), width("value"), width("unit")];
  for (const { name, value, unit, note } of rows) {
    console.log(
      `  ${name.padEnd(first)}  ${value.padStart(second)} ${unit.padEnd(third)}  ${note}`.trimEnd(),
    );
  }
}

/**
 * Three digits are what a measurement is worth.
 * @param {number} value
 */
function number(value) {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 100
    ? value.toFixed(0)
    : Math.abs(value) >= 10
      ? value.toFixed(1)
      : value.toFixed(2);
}
