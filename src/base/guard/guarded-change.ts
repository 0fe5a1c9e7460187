import { isRecord } from "../guards";
import { foldedName, type Guard } from "./guarded-places";

/** Fields of a manifest whose text is run, by the manifest's name. */
const runnable: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "package.json",
    [
      ...["scripts", "bin", "husky", "lint-staged", "simple-git-hooks", "pre-commit", "gypfile"],
      "packageManager",
    ],
  ],
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
  const fields = runnable.get(name) ?? [];
  const [old, fresh] = [fieldsOf(before), fieldsOf(after)];
  // What cannot be read may hold anything, and a tool that is less particular may read it.
  if (fields.length > 0 && before !== after && fresh === undefined)
    return { kind: "scripts", name: fields[0] ?? name };
  const changed = fields.find(
    (field) => JSON.stringify(old?.[field]) !== JSON.stringify(fresh?.[field]),
  );
  if (changed !== undefined) return { kind: "scripts", name: changed };
  const known = new Set(fetchedAddresses(before));
  const address = fetchedAddresses(after).find((each) => !known.has(each));
  return address === undefined ? undefined : { kind: "fetches", name: address };
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const remote = String.raw`(?:[a-z][a-z\d+.-]{0,30}:)?(?:\/\/|\\\\)[^\s"'<>)]+`;
/**
 * Forms in which a text names what is fetched when it is opened; the address is `address`. None
 * looks beyond the next beginning of its own form: from each of many it would go over all of the
 * others.
 */
const fetches: readonly RegExp[] = [
  // JSON, and YAML with the same key; quoted or not.
  new RegExp(String.raw`["']?\$schema["']?\s*[:=]\s*["']?(?<address>${remote})`, "giu"),
  new RegExp(String.raw`^[^\S\r\n]*#:schema\s+(?<address>${remote})`, "gimu"),
  new RegExp(String.raw`@import\s+(?:url\(\s*)?["']?(?<address>${remote})`, "giu"),
  new RegExp(
    String.raw`<!(?:DOCTYPE|ENTITY)\b(?=(?<kind>(?:(?!<!)[^>])*?\b(?:SYSTEM|PUBLIC)\b))\k<kind>(?:(?!<!)[^>])*?["'](?<address>${remote})["']`,
    "giu",
  ),
  new RegExp(
    String.raw`\b(?:noNamespace)?schemaLocation\s*=\s*["'][^"']*?(?<address>${remote})`,
    "giu",
  ),
  new RegExp(
    String.raw`<\?xml-(?:model|stylesheet)\b(?:(?!<\?)[^>])*?href\s*=\s*["'](?<address>${remote})`,
    "giu",
  ),
];

/** The addresses that a text makes tools fetch. The editor's own schemas are none. */
export function fetchedAddresses(text: string): readonly string[] {
  // JSON may write any letter by its number: `"\u0024schema"`.
  const plain = text
    .replace(/\\u([\da-f]{4})/giu, (_all, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll("\\/", "/");
  return fetches
    .flatMap((form) => [...plain.matchAll(form)].map(({ groups }) => groups?.["address"] ?? ""))
    .filter((address) => !/^vscode:/i.test(address));
}
