import type { Language, LanguageFacts } from "../language";
import { braced } from "../shared-facts";

const commented: LanguageFacts = { ...braced, quotes: '"' };

export const json: Language = {
  id: "json",
  aliases: `
    jsonc json5 jsonl ndjson geojson hjson webmanifest json-with-comments ipynb topojson`,
  endings: ".json",
  files: `
    .bowerrc .jscsrc .webmanifest .js.map .css.map .ts.map .har .jslintrc .jsonld .geojson .ipynb
    .vuerc .tsbuildinfo composer.lock .watchmanconfig`,
  families: "json hcl",
  facts: { ...commented, lineComments: [] },
  quietAs: "thinkaloud-json",
};

export const jsonWithComments: Language = {
  id: "jsonc",
  dialectOf: "json",
  files: `
    .jsonc .code-workspace .eslintrc .eslintrc.json .jsfmtrc .jshintrc .swcrc .hintrc .babelrc
    .babelrc.json babel.config.json bun.lock .ember-cli typedoc.json tsconfig.json jsconfig.json
    tsconfig.*.json jsconfig.*.json tsconfig-*.json jsconfig-*.json settings.json launch.json
    tasks.json mcp.json keybindings.json extensions.json argv.json profiles.json
    devcontainer.json .devcontainer.json`,
  facts: commented,
};

export const json5: Language = { id: "json5", dialectOf: "json", facts: commented };

/** The editor's own files of snippets. */
export const snippets: Language = { id: "snippets", dialectOf: "json", facts: commented };

export const jsonLines: Language = { id: "jsonl", dialectOf: "json", files: ".jsonl .ndjson" };
