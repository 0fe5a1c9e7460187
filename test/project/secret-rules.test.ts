import { describe, expect, it } from "vitest";
import { SecretMasks } from "../../src/core/context/secret-masks";
import { secretsByForm } from "../../src/project/secret-forms";
import { secretRules } from "../../src/project/secret-rules";
import { processorMs } from "../support/processor-time";

// Put together here, so that nobody who looks for secrets in this repository finds any.
const letters = "aK3mZ9qR7tB1xW5cV8nJ2hL6pF4dS0gY";
const random = (length: number): string => letters.repeat(10).slice(3, 3 + length);
const hex = (length: number): string => "9f3a17c0e5b28d64".repeat(10).slice(2, 2 + length);
const capitals = (length: number): string => "Q7WK2JX4MZ5RT3VN".repeat(5).slice(0, length);
const key = (kind: string): string =>
  [`-----BEGIN ${kind}-----`, random(64), random(64), random(40), `-----END ${kind}-----`].join(
    "\n",
  );

/** A kind of secret, and how it stands in a line. */
const kinds: readonly (readonly [
  kind: string,
  secret: string,
  line: (secret: string) => string,
])[] = [
  ["an Amazon key", `AKIA${capitals(16)}`, (it) => `aws_access_key_id = ${it}`],
  ["an Amazon secret", random(40), (it) => `aws_secret_access_key = "${it}"`],
  ["a Google key", `AIza${random(35)}`, (it) => `maps = "${it}"`],
  ["a Google client's secret", `GOCSPX-${random(28)}`, (it) => `x = "${it}"`],
  ["an Azure key", `${random(86)}==`, (it) => `AccountName=a;AccountKey=${it};EndpointSuffix=b`],
  ["an Azure client's secret", `${random(3)}8Q~${random(34)}`, (it) => `x = "${it}"`],
  ["a token of GitHub", `ghp_${random(36)}`, (it) => `x = "${it}"`],
  ["a token of GitLab", `glpat-${random(20)}`, (it) => `x = "${it}"`],
  ["a token of npm", `npm_${random(36)}`, (it) => `//registry.npmjs.org/:_authToken=${it}`],
  ["a token of PyPI", `pypi-${random(80)}`, (it) => `x = "${it}"`],
  ["a token of Clojars", `CLOJARS_${hex(60)}`, (it) => `:password "${it}"`],
  ["a token of Docker", `dckr_pat_${random(27)}`, (it) => `x = "${it}"`],
  ["a token of Hugging Face", `hf_${random(34)}`, (it) => `x = "${it}"`],
  ["a key of Anthropic", `sk-ant-api03-${random(93)}AA`, (it) => `x = "${it}"`],
  ["a key of OpenAI", `sk-${random(20)}T3BlbkFJ${random(20)}`, (it) => `x = "${it}"`],
  ["a key of OpenAI for a project", `sk-proj-${random(48)}`, (it) => `x = "${it}"`],
  ["a key of New Relic", `NRAK-${capitals(27)}`, (it) => `x = "${it}"`],
  ["a token of Doppler", `dp.pt.${random(43)}`, (it) => `x = "${it}"`],
  ["a login at a registry", random(32), (it) => `{"auths":{"r.io":{"auth":"${it}"}}}`],
  ["a login at a host", "swordfish", (it) => `machine h.io login bob password ${it}`],
  ["a short password", "hunter2", (it) => `{ user: "bob", password: "${it}" }`],
  ["a password of words", "correct-horse-battery", (it) => `password: "${it}"`],
  ["a password for a container", "hunter22", (it) => `  - DB_PASSWORD=${it}`],
  ["a password for a shell", "Swordfish7", (it) => `export PGPASSWORD=${it} && psql`],
  ["a key of Groq", `gsk_${random(52)}`, (it) => `x = "${it}"`],
  ["a token of Slack", `xoxb-123456789012-123456789012-${random(24)}`, (it) => `x = "${it}"`],
  ["a token of Telegram", `1234567890:AA${random(33)}`, (it) => `bot("${it}")`],
  ["a token of Discord", `M${random(23)}.${random(6)}.${random(38)}`, (it) => `bot("${it}")`],
  ["a key of Stripe", `sk_live_${random(24)}`, (it) => `pay("${it}")`],
  ["a hook of Stripe", `whsec_${random(32)}`, (it) => `hook("${it}")`],
  ["a key of SendGrid", `SG.${random(22)}.${random(43)}`, (it) => `mail("${it}")`],
  ["a key of Mailgun", `key-${hex(32)}`, (it) => `mail("${it}")`],
  ["a key of Twilio", `SK${hex(32)}`, (it) => `call("${it}")`],
  ["a token of DigitalOcean", `dop_v1_${hex(64)}`, (it) => `x = "${it}"`],
  ["a token of Vault", `hvs.${random(90)}`, (it) => `x = "${it}"`],
  ["a token of Databricks", `dapi${hex(32)}`, (it) => `x = "${it}"`],
  ["a key of age", `AGE-SECRET-KEY-1${capitals(58)}`, (it) => it],
  ["a signed token", `eyJ${random(30)}.eyJ${random(60)}.${random(43)}`, (it) => `Bearer ${it}`],
  ["a token without a form", random(40), (it) => `{"Authorization": "Bearer ${it}"}`],
  ["a key without a form", random(32), (it) => `api_key = "${it}"`],
  ["a key of hexadecimal numbers", hex(40), (it) => `  client_secret: ${it}`],
  ["a key behind its header", random(32), (it) => `header("X-Api-Key", "${it}")`],
  ["a key with its type", random(32), (it) => `const apiKey: string = "${it}";`],
  ["a password", "Tr0ub4dor&3x", (it) => `password = "${it}"`],
  ["a password of a database", "hunter22pass", (it) => `postgres://app:${it}@db:5432/app`],
  ["a password of a cache", "swordfish", (it) => `redis://:${it}@cache:6379`],
  ["a password of a queue", "swordfish", (it) => `amqp://user:${it}@mq/`],
  ["a private key", key("RSA PRIVATE KEY"), (it) => `KEY = """\n${it}\n"""`],
  ["a private key of SSH", key("OPENSSH PRIVATE KEY"), (it) => it],
  ["an encrypted key", key("ENCRYPTED PRIVATE KEY"), (it) => it],
  ["a private key of PGP", key("PGP PRIVATE KEY BLOCK"), (it) => it],
  ["a key of a service", key("PRIVATE KEY").replaceAll("\n", "\\n"), (it) => `{"k":"${it}"}`],
  [
    "the lines of a key in a diff",
    random(64),
    (it) => `+-----BEGIN PRIVATE KEY-----\n+${it}\n+${it}`,
  ],
  ["a key whose end was cut off", random(64), (it) => `-----BEGIN PRIVATE KEY-----\n${it}\n${it}`],
  [
    "a key whose beginning was cut off",
    random(64),
    (it) => `${it}\n${it}\n-----END PRIVATE KEY-----`,
  ],
  ["lines from within a key", random(64), (it) => `${it}\n${it}\n${it}`],
];

async function hidden(text: string): Promise<string> {
  const masks = new SecretMasks(secretRules);
  await masks.learn(text);
  return masks.hide(text);
}

describe("what is sent holds no secret", () => {
  it.each(kinds)("such as %s", async (_kind, secret, line) => {
    const shown = await hidden(`import a\n\ndef f(b):\n${line(secret)}\n    return b\n`);
    const [real = secret] = secret.split(/\\n|\n/).filter((each) => !each.startsWith("-----"));
    expect(shown).not.toContain(real);
    expect(shown).toContain("def f(b):");
    expect(shown).toContain("\n    return b\n");
  });
});

describe("what only looks like a secret stays", () => {
  it.each([
    "token = access_token_for(user2)",
    'const token = "access_token";',
    'password = "$' + '{DB_PASSWORD1!}"',
    'password = "<your password 1>"',
    'api_key = "your-api-key-2"',
    "redis://user:password@host",
    'tokenType: "oauth2.0"',
    'author: "someone-who-wrote-2-books"',
    "PASSWORD_FILE=/run/secrets/db1",
    "DB_PASSWORD=$" + "{DB_PASSWORD_2}",
    "SECRET_LENGTH=32",
    "PASSWORD=$1",
    "MAX_PASSWORD_AGE=minutes(90)",
    'secretPath = "/run/secrets/db-1"',
    'passwordId = "login-password-field"',
    'hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"',
    'alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"',
    "for (const token of tokens) sum += token.length;",
    "secret = secrets.token_hex(32)",
  ])("%s", (text) => {
    expect(secretsByForm(text)).toEqual([]);
  });
});

it("looks for secrets in a long text of beginnings in no time", () => {
  for (const part of ["token", "token_", "://a:", "eyJaaaaaaaa.", "Bearer ", `${random(64)}\n`]) {
    const text = part.repeat(100_000 / part.length);
    expect(processorMs(() => secretsByForm(text))).toBeLessThan(2_000);
  }
});
