import { fileNameOf } from "../../base/text/file-name";

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

const assignment = /^\s*(?:export\s+)?[\w.-]+\s*[=:]\s*(?<value>.+?)\s*$/;
const plainValue = /^(?:true|false|yes|no|on|off|null|none|\d{1,5}|localhost|[a-z]{1,12})$/i;

/**
 * `hunter22` of `DB_PASSWORD="hunter22"`: in such a file any value may be secret, whatever it looks
 * like.
 */
export function valuesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => {
    if (/^\s*[#;]/.test(line)) return [];
    const value = assignment.exec(line)?.groups?.["value"]?.replace(/^(["'`])(.*)\1$/, "$2") ?? "";
    return value === "" || plainValue.test(value) ? [] : [value];
  });
}
