import { parsedObject } from "../guards";
import { foldedName, type Guard } from "./guarded-places";

/** Manifests of which any tool may run what some field says, and their fields that nothing runs. */
const ordinaryFields: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    "package.json",
    new Set([
      ...["name", "displayName", "version", "description", "keywords", "categories", "icon"],
      ...["author", "contributors", "maintainers", "publisher", "license", "licenses", "funding"],
      ...["homepage", "repository", "bugs", "private", "type", "main", "module", "browser"],
      ...["types", "typings", "typesVersions", "exports", "imports", "files", "sideEffects"],
      ...["dependencies", "devDependencies", "peerDependencies", "peerDependenciesMeta"],
      ...["optionalDependencies", "bundleDependencies", "bundledDependencies"],
      ...["engines", "os", "cpu", "libc", "browserslist", "contributes", "activationEvents"],
    ]),
  ],
]);

/** Manifests with few fields whose text is run, and these. */
const runnableFields: ReadonlyMap<string, readonly string[]> = new Map([
  ["composer.json", ["scripts"]],
  ["deno.json", ["tasks"]],
  ["deno.jsonc", ["tasks"]],
]);

/**
 * Whether what becomes of a file makes it guarded wherever it stands: another command in a
 * manifest, or an address from which an editor or a tool would fetch a schema as soon as the text
 * stands in the file.
 * @param before "" for a new file.
 */
export function guardedChange(path: string, before: string, after: string): Guard | undefined {
  const name = foldedName(path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1));
  const field = changedCommand(name, before, after);
  if (field !== undefined) return { kind: "scripts", name: field };
  const known = new Set(fetchedAddresses(before));
  const address = fetchedAddresses(after).find((each) => !known.has(each));
  return address === undefined ? undefined : { kind: "fetches", name: address };
}

/** The first field of a manifest, from which something may be run, that is another one now. */
function changedCommand(name: string, before: string, after: string): string | undefined {
  const [ordinary, runnable] = [ordinaryFields.get(name), runnableFields.get(name)];
  if ((ordinary ?? runnable) === undefined || before === after) return undefined;
  const [old, fresh] = [parsedObject(before), parsedObject(after)];
  // What cannot be read may hold anything, and a tool that is less particular may read it.
  if (fresh === undefined) return runnable?.[0] ?? "scripts";
  const fields = new Set([...Object.keys(fresh), ...Object.keys(old ?? {})]);
  return [...fields]
    .filter((field) => runnable?.includes(field) ?? !ordinary?.has(field))
    .find((field) => JSON.stringify(old?.[field]) !== JSON.stringify(fresh[field]));
}

const remote = String.raw`(?:[a-z][a-z\d+.-]{0,30}:)?(?:\/\/|\\\\)[^\s"'<>)]+`;
/**
 * Forms in which a text names what is fetched when it is opened; the address is `address`. None
 * looks beyond the next beginning of its own form: from each of many it would go over all of the
 * others.
 */
const fetches: readonly RegExp[] = [
  // JSON, and YAML with the same key; quoted or not.
  new RegExp(
    String.raw`["']?\$schema["']?\s*[:=]\s*(?:[|>][-+\d]*\s+)?["']?(?<address>${remote})`,
    "giu",
  ),
  new RegExp(String.raw`^[^\S\r\n]*#:schema\s+(?<address>${remote})`, "gimu"),
  new RegExp(String.raw`@import\s*(?:url\(\s*)?["']?(?<address>${remote})`, "giu"),
  new RegExp(
    String.raw`<!(?:DOCTYPE|ENTITY)\b(?=(?<kind>(?:(?!<!)[^>])*?\b(?:SYSTEM|PUBLIC)\b))\k<kind>(?:(?!<!)[^>])*?["'](?<address>${remote})["']`,
    "giu",
  ),
  new RegExp(
    String.raw`\b(?:noNamespace)?schemaLocation\s*=\s*["'][^"']*?(?<address>${remote})`,
    "giu",
  ),
  new RegExp(String.raw`<xi:include\b(?:(?!<)[^>])*?href\s*=\s*["'](?<address>${remote})`, "giu"),
  new RegExp(
    String.raw`<\?xml-(?:model|stylesheet)\b(?:(?!<\?)[^>])*?href\s*=\s*["'](?<address>${remote})`,
    "giu",
  ),
];

/** The addresses that a text makes tools fetch. The editor's own schemas are none. */
export function fetchedAddresses(text: string): readonly string[] {
  const found = [text, withoutRemarks(text)].map(withPlainLetters).flatMap(addressesIn);
  return [...new Set(found)];
}

function addressesIn(text: string): readonly string[] {
  return fetches
    .flatMap((form) => [...text.matchAll(form)].flatMap(({ groups }) => groups?.["address"] ?? []))
    .filter((address) => !/^vscode:/i.test(address));
}

/** As who reads JSON with remarks reads it: `"$schema": /* … *\/ "https://…"`. */
function withoutRemarks(text: string): string {
  return text.replace(
    /(?<string>"(?:[^"\\\r\n]|\\.)*"?)|(?<!:)\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/gu,
    (_all, string: string | undefined) => string ?? " ",
  );
}

/** JSON may write any letter by its number: `"\u0024schema"`. */
function withPlainLetters(text: string): string {
  return text
    .replace(/\\u([\da-f]{4})/giu, (_all, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll("\\/", "/");
}
