import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { endpointKinds } from "../src/model-setup/settings/endpoints";
import { defaultModelSettings } from "../src/model-setup/settings/settings";
import { commands } from "../src/protocol/commands";
import { slashCommands } from "../src/runs/slash-commands";

interface Setting {
  readonly default: unknown;
  readonly markdownDescription: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly scope?: string;
  readonly items?: { readonly properties: Readonly<Record<string, Partial<Setting>>> };
}

interface Manifest {
  readonly version: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly chatParticipants: readonly {
      readonly commands: readonly { readonly name: string }[];
    }[];
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly keybindings: readonly {
      readonly command: string;
      readonly key: string;
      readonly mac?: string;
    }[];
    readonly walkthroughs: readonly unknown[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

const root = join(import.meta.dirname, "..");
const text = (name: string): string => readFileSync(join(root, name), "utf8");
const texts = JSON.parse(text("package.nls.json")) as Readonly<Record<string, string>>;
/** In English, as the editor shows it to those who have no other language. */
const manifest = JSON.parse(
  text("package.json").replace(/"%([^%"]+)%"/g, (_, key: string) => JSON.stringify(texts[key])),
) as Manifest;
const { contributes } = manifest;
const settings = Object.entries(contributes.configuration.properties);
const declared = contributes.commands.map(({ command }) => command);

describe("the README's settings table", () => {
  const rows = text("README.md").match(/^\| `thinkaloud\..*$/gm) ?? [];

  it("has one row a setting, in the manifest's order", () => {
    expect(rows.map((row) => /`([^`]+)`/.exec(row)?.[1])).toEqual(settings.map(([name]) => name));
  });

  it.each(settings)("says of %s what the manifest says", (name, setting) => {
    const values = (setting.enum ?? []).map((value, index) => {
      const what = setting.enumDescriptions?.[index] ?? "";
      return ` \`${value}\`: ${what.charAt(0).toLowerCase()}${what.slice(1)}`;
    });
    const written =
      typeof setting.default === "object"
        ? JSON.stringify(setting.default)
        : String(setting.default);
    const shown = written === "" ? "empty" : `\`${written}\``;
    expect(rows).toContain(
      `| \`${name}\` | ${shown} | ${setting.markdownDescription}${values.join("")} |`,
    );
  });
});

it("the defaults of the manifest are the ones that the product falls back to", () => {
  for (const [name, setting] of settings) {
    const fallback = Object.entries(defaultModelSettings).find(
      ([key]) => name === `thinkaloud.${key}`,
    );
    if (fallback !== undefined) expect(setting.default, name).toEqual(fallback[1]);
  }
});

it("a folder that is not trusted sets nothing that says where code is sent, what is run or what it takes of the machine", () => {
  expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual(
    expect.arrayContaining([
      "thinkaloud.endpoint",
      "thinkaloud.endpoints",
      "thinkaloud.engine",
      "thinkaloud.model",
      "thinkaloud.modelFile",
      "thinkaloud.contextTokens",
      "thinkaloud.keepAlive",
      "thinkaloud.checks",
      "thinkaloud.hideSecrets",
      "thinkaloud.readAhead",
    ]),
  );
});

it("no folder, trusted or not, names a file that is loaded or loosens the machine's rules", () => {
  const scopes = Object.fromEntries(settings.map(([name, { scope }]) => [name, scope]));
  expect(scopes).toMatchObject({
    "thinkaloud.modelFile": "machine",
    "thinkaloud.policy": "machine",
  });
});

it("the manifest and the code name the same kinds of servers", () => {
  const { items } = Object.fromEntries(settings)["thinkaloud.endpoints"] ?? {};
  expect(items?.properties["kind"]?.enum).toEqual(Object.keys(endpointKinds));
});

it("the manifest and the code name the same commands", () => {
  expect([...declared].sort()).toEqual(Object.values(commands).sort());
  expect(new Set(contributes.commands.map(({ category }) => category))).toEqual(
    new Set(["Thinkaloud"]),
  );
});

it("menus and keybindings lead to commands that exist", () => {
  const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].flatMap(
    ({ command }) => command ?? [],
  );
  for (const command of used) expect(declared).toContain(command);
});

it("the walkthrough's pictures and pages are there, and its buttons lead to commands", () => {
  const walkthroughs = JSON.stringify(contributes.walkthroughs);
  const files = [...walkthroughs.matchAll(/"((?:docs|media)\/[^"]+)"/g)].map(
    (match) => match[1] ?? "",
  );
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
  for (const [, command] of walkthroughs.matchAll(/(?:\(command:|onCommand:)(thinkaloud\.\w+)/g))
    expect(declared).toContain(command);
});

it("the walkthrough's pictures hold no words, which would be in one language, and nothing that runs", () => {
  const drawn = [...JSON.stringify(contributes.walkthroughs).matchAll(/"(media\/[^"]+\.svg)"/g)];
  expect(drawn.length).toBeGreaterThan(0);
  for (const [, file = ""] of drawn) {
    const picture = readFileSync(join(root, file), "utf8");
    expect(picture, file).not.toMatch(/<(?!\/?(?:svg|path|rect|circle)\b)|\bon\w+=|href/);
    expect(picture.replace(/<[^>]*>/g, "").trim(), file).toBe("");
  }
  expect(JSON.stringify(contributes.walkthroughs)).not.toContain(".png");
});

it("no two keybindings are the same keys for the same place", () => {
  const places = contributes.keybindings.map((binding) =>
    JSON.stringify([binding.key, (binding as { when?: string }).when]),
  );
  expect(new Set(places).size).toBe(places.length);
});

it("the types of the editor's interface are those of the oldest editor that is supported", () => {
  const oldest = manifest.engines["vscode"]?.replace("^", "");
  expect(manifest.devDependencies["@types/vscode"]).toBe(oldest);
});

it("the README names the version that is packed, and the changelog knows it", () => {
  expect(text("README.md")).toContain(`thinkaloud-${manifest.version}.vsix`);
  expect(text("CHANGELOG.md")).toContain(`## ${manifest.version}`);
});

it("the lock file names no address", () => {
  expect(text("package-lock.json")).not.toMatch(/"resolved"/);
});

it("the editor's own chat has the commands of the panel's box", () => {
  const [chat] = manifest.contributes.chatParticipants;
  expect(chat?.commands.map(({ name }) => name)).toEqual(Object.keys(slashCommands));
});

it("what the editor brings back after a reload waits for the extension that has its texts", () => {
  const [, scheme] =
    /proposalScheme = "([^"]+)"/.exec(text("src/editor/review/proposal-uris.ts")) ?? [];
  expect(manifest.activationEvents).toContain(`onFileSystem:${scheme}`);
});
