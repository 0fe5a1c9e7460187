import { fileNameOf } from "../../base/text/file-name";
import { withLineFeeds } from "../../base/text/lines";

/** `.env`, `.env.local`, `prod.env`; an example of one holds no secrets. */
const environmentFile = /^(?:\.env(?:\..+)?|.+\.env)$/i;
const exampleFile = /\.(?:example|sample|template|dist|defaults)$/i;
const keyFile =
  /^(?:id_(?:rsa|dsa|ecdsa|ed25519)(?:_.*)?|.+\.(?:pem|key|p12|pfx|jks|keystore|ppk|kdbx|asc|gpg)|\.npmrc|\.pypirc|\.netrc|_netrc|\.htpasswd|\.pgpass|credentials|secrets?\.(?:ya?ml|json|toml))$/i;

/** Files that are made to hold secrets: never sent unless the person names them. */
export function holdsSecrets(path: string): boolean {
  const name = fileNameOf(path);
  return isEnvironmentFile(path) || (keyFile.test(name) && !exampleFile.test(name));
}

export function isEnvironmentFile(path: string): boolean {
  const name = fileNameOf(path);
  return environmentFile.test(name) && !exampleFile.test(name);
}

/** A value ends with its line, or, in quotes, with the quote, wherever that stands. */
const assignment =
  /^[ \t]*(?:export[ \t]+)?(?<name>[\w.-]+)[ \t]*[=:][ \t]*(?:(?<quote>["'`])(?<quoted>(?:(?!\k<quote>)[^\\]|\\[\s\S]){0,20000})\k<quote>[ \t]*(?:#.*)?$|(?<bare>.*))/gmu;
/** Of a remark only what cannot be a sentence: `#OLD_PASSWORD=hunter22`. */
const retired = /^[ \t]*[#;][ \t]*(?:export[ \t]+)?[\w.-]+=(?<value>\S+)[ \t]*$/gmu;
const plainValue = /^(?:true|false|yes|no|on|off|null|none|\d{1,5}|localhost|[a-z]{1,12})$/i;
const secretName = /pass|pwd|secret|token|key|auth|cred/i;

/**
 * `hunter22` of `DB_PASSWORD="hunter22"`: in such a file any value may be secret, whatever it looks
 * like; a plain word is one where its name says so.
 */
export function valuesOf(text: string): readonly string[] {
  const found: string[] = [];
  const lines = withLineFeeds(text);
  for (const { groups = {} } of lines.matchAll(assignment)) {
    const { name = "", quoted, bare = "" } = groups;
    // Without the remark behind it, too: the value may stand elsewhere alone.
    const values = quoted === undefined ? [bare, bare.replace(/\s+#.*$/, "")] : [quoted];
    for (const each of values) {
      const value = each.trim();
      if (value !== "" && (!plainValue.test(value) || secretName.test(name))) found.push(value);
    }
  }
  for (const { groups } of lines.matchAll(retired)) {
    const value = groups?.["value"]?.replace(/^(["'`])(.*)\1$/, "$2") ?? "";
    if (!plainValue.test(value)) found.push(value);
  }
  return [...new Set(found)];
}
