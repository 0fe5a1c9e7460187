import { c, cpp, cuda, objectiveC, objectiveCpp } from "./known/c";
import { csharp } from "./known/csharp";
import { dart } from "./known/dart";
import { dockerfile } from "./known/dockerfile";
import { elixir } from "./known/elixir";
import { go } from "./known/go";
import { graphql } from "./known/graphql";
import { haskell } from "./known/haskell";
import { html, razor } from "./known/html";
import { ini, properties } from "./known/ini";
import { json, json5, jsonLines, jsonWithComments, snippets } from "./known/json";
import { julia } from "./known/julia";
import { groovy, java, kotlin, scala } from "./known/jvm";
import { knownByName } from "./known/known-by-name";
import { lua } from "./known/lua";
import { makefile } from "./known/makefile";
import { markdown } from "./known/markdown";
import { perl } from "./known/perl";
import { php } from "./known/php";
import { plainText } from "./known/plain-text";
import { powershell } from "./known/powershell";
import { python } from "./known/python";
import { r } from "./known/r";
import { ruby } from "./known/ruby";
import { rust } from "./known/rust";
import { javascript, javascriptReact, typescript, typescriptReact } from "./known/script";
import { shell } from "./known/shell";
import { sql } from "./known/sql";
import { css, less, scss } from "./known/style-sheets";
import { svelte } from "./known/svelte";
import { swift } from "./known/swift";
import { toml } from "./known/toml";
import { vue } from "./known/vue";
import { xml, xsl } from "./known/xml";
import { dockerCompose, pipelines, workflows, yaml } from "./known/yaml";
import { zig } from "./known/zig";
import type { Language, LanguageFacts } from "./language";
import { prose } from "./shared-facts";

/** Every language that is known, as its own file tells of it. */
const told: readonly Language[] = [
  ...[c, cpp, cuda, objectiveC, objectiveCpp],
  csharp,
  dart,
  dockerfile,
  elixir,
  go,
  graphql,
  haskell,
  ...[html, razor],
  ...[ini, properties],
  ...[java, kotlin, scala, groovy],
  ...[javascript, javascriptReact, typescript, typescriptReact],
  ...[json, jsonWithComments, jsonLines, json5, snippets],
  julia,
  lua,
  makefile,
  markdown,
  perl,
  php,
  plainText,
  powershell,
  python,
  r,
  ruby,
  rust,
  shell,
  sql,
  ...[css, scss, less],
  svelte,
  swift,
  toml,
  vue,
  ...[xml, xsl],
  ...[yaml, dockerCompose, pipelines, workflows],
  zig,
  ...knownByName,
];

const toldById = new Map(told.map((language) => [language.id, language]));

/** Every language that is known; a dialect with what it has from its language. */
export const languages: readonly Language[] = told.map(completed);

const byId = new Map(languages.map((language) => [language.id, language]));

/** The language of an id of the editor's; undefined for one that is not known. */
export function languageById(languageId: string): Language | undefined {
  return byId.get(languageId);
}

const byName = new Map<string, Language>();
for (const { id, dialectOf = id, aliases } of languages) {
  const language = byId.get(dialectOf);
  if (language === undefined) continue;
  for (const name of [id, ...wordsOf(aliases)]) byName.set(name, language);
}

/**
 * The language that a fence's name in small letters means; of a dialect it is the whole language.
 */
export function languageNamed(name: string): Language | undefined {
  return byName.get(name);
}

/**
 * An unknown language is compared as plain words: nothing in it is taken for a comment or a string.
 */
export function languageFacts(languageId: string): LanguageFacts {
  return byId.get(languageId)?.facts ?? prose;
}

/** The words of a list as the table writes them. */
export function wordsOf(list: string | undefined): readonly string[] {
  return list?.split(/\s+/).filter((word) => word !== "") ?? [];
}

function completed(language: Language): Language {
  const from = language.dialectOf === undefined ? undefined : toldById.get(language.dialectOf);
  if (from === undefined) return language;
  // What it is called is its own.
  const { aliases: _a, fence: _f, endings: _e, files: _n, program: _p, ...common } = from;
  return { ...common, ...language };
}
