/**
 * Secrets by the forms that the library's rules do not know: keys by the beginnings that services
 * give them, private keys, passwords in addresses, and values whose name says that they are secret.
 * @returns each as it stands in the text.
 */
export function secretsByForm(text: string): readonly string[] {
  const found = [known, inAddress, bearer, inLogins, inSettings].flatMap((form) => [
    ...text.matchAll(form),
  ]);
  return [
    ...found.map(({ groups, 0: whole }) => groups?.["secret"] ?? whole),
    ...linesOfKeys(text),
    ...namedValues(text),
  ].filter((secret) => !isPlaceholder(secret));
}

/** What services put in front of what is random, and how it goes on. */
const beginnings = [
  // Amazon, Google, Microsoft
  "(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}",
  "AIza[\\w-]{35}",
  "ya29\\.[\\w-]{20,}",
  "GOCSPX-[\\w-]{20,}",
  "[\\w~.]{3}8Q~[\\w~.-]{31,34}",
  "(?<=(?:AccountKey|SharedAccessKey|sig)=)[\\w+/%-]{20,}={0,2}",
  // code and packages
  "gh[oprsu]_[A-Za-z0-9]{30,}",
  "gl[a-z]{1,8}-[\\w-]{20,}",
  "ATATT3[\\w=-]{20,}",
  "ATBB[\\w=-]{20,}",
  "pypi-[\\w-]{20,}",
  "rubygems_[a-f\\d]{30,}",
  "CLOJARS_[a-f\\d]{40,}",
  "dckr_pat_[\\w-]{20,}",
  "(?:npm|hf|gsk|ntn|xai|r8|fw|sbp|pplx|tvly|figd|glsa|phx|pscale_pw)[_-][A-Za-z0-9_]{20,}",
  "nvapi-[\\w-]{20,}",
  "sk-(?:[a-z]{2,12}-)?[\\w-]{32,}",
  "NRAK-[A-Z0-9]{20,}",
  "dp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z0-9]{20,}",
  "do[opr]_v1_[a-f\\d]{40,}",
  "dapi[a-f\\d]{32}",
  "HRKU-[\\w-]{20,}",
  "hv[sbr]\\.[\\w-]{20,}",
  "ops_eyJ[\\w-]{20,}",
  "AGE-SECRET-KEY-1[A-Z0-9]{40,}",
  // payments and messages
  "(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}",
  "whsec_[A-Za-z0-9+/=]{20,}",
  "sq0[a-z]{3}-[\\w-]{20,}",
  "key-[a-f\\d]{32}",
  "SK[a-f\\d]{32}",
  "\\d{8,10}:AA[\\w-]{32,}",
  "[MNO][\\w-]{22,27}\\.[\\w-]{6,7}\\.[\\w-]{27,}",
  // a signed token
  "eyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}(?:\\.[\\w-]*){0,3}",
];
const known = new RegExp(`(?<![A-Za-z0-9])(?:${beginnings.join("|")})(?![A-Za-z0-9])`, "g");

/** `redis://:…@host`: of an address the password, with its signs, since a word is no secret alone. */
const inAddress =
  /\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s:/@"'`]{0,80}(?<secret>:(?!(?:password|passwd|pass|pwd|secret)@)[^\s/@"'`]{1,200}@)/gi;
/** A line of `.netrc`. */
const inLogins =
  /\blogin[^\S\n]{1,20}\S{1,200}[^\S\n]{1,20}password[^\S\n]{1,20}(?<secret>\S{4,200})/g;
/** `DB_PASSWORD=hunter22`, as shells and containers are told: no code is written so. */
const inSettings =
  /(?<![\w.-])[A-Z0-9_]{0,60}(?:PASSW|PASSPHRASE|PWD|SECRET|CREDENTIAL)[A-Z0-9_]{0,40}=(?<secret>(?=[^\s\d]{0,80}\d)(?![./~$%<{([])[^\s"'\x60;&|()]{6,200})(?=[\s"'\x60;&|]|$)/g;
const bearer = /\b(?:Bearer|Basic|Token)\s+(?<secret>[\w+/.~-]{16,}={0,2})/g;

/**
 * The lines of private keys, without what stands around them: quotes, the marks of a diff. Of a key
 * whose end or whose beginning was cut off as well, and many lines of the same kind without either.
 */
function linesOfKeys(text: string): readonly string[] {
  const blocks = [
    ...text.matchAll(
      /-----BEGIN [A-Z\d ]{0,20}PRIVATE KEY[A-Z ]{0,10}-----(?<key>(?:(?!-----(?:BEGIN|END))[\s\S]){0,20000})/g,
    ),
    ...text.matchAll(
      /(?<key>(?:^[^\S\n]{0,40}[-+"'#/*|>]{0,3}[^\S\n]{0,40}[A-Za-z\d+/=]{40,}["'\\n+,;]{0,6}\r?$\n){2,400})(?=[^\n]{1,200}$|-----END)/gm,
    ),
  ];
  return blocks.flatMap(
    ({ groups }) => groups?.["key"]?.match(/[A-Za-z\d/][A-Za-z\d+/=]{15,}/g) ?? [],
  );
}

/** A value behind a name, by the name; of an expression only what can be no code. */
const named = new RegExp(
  [
    String.raw`(?<![\w.-])(?<name>[\w.-]{0,80}(?:passw|passphrase|pwd|secret|token|credential|(?:api|access|account|auth|private|signing|encryption|master|session)[_-]?key|auth(?![a-z]))[\w.-]{0,40})`,
    // `key: string = "…"`, `["key"] = "…"`, `header("X-Api-Key", "…")`
    String.raw`(?:["'\x60][^\S\n]{0,20},|["'\x60]?\]?[^\S\n]{0,20}(?::[^\S\n]{0,4}[\w<>|]{1,30}[^\S\n]{0,4})?(?:=>|:=|[:=]))`,
    String.raw`[^\S\n]{0,20}(?:[a-z]{0,2}(?<quote>["'\x60])(?<quoted>[^\s"'\x60]{6,4000})\k<quote>|(?<bare>[^\s"'\x60,;(){}[\]<>]{6,4000}))`,
  ].join(""),
  "gi",
);
const passwordName = /pass|pwd|secret|credential/i;

function namedValues(text: string): readonly string[] {
  return [...text.matchAll(named)].flatMap(({ groups = {} }) => {
    const { name = "", quoted, bare = "" } = groups;
    const isPassword = passwordName.test(name);
    if (quoted !== undefined)
      return isRandom(quoted, 1) || (isPassword && (isMixed(quoted) || isPhrase(quoted)))
        ? quoted
        : [];
    return isRandom(bare, 3) || (isPassword && isMixed(bare) && /[!@$%^&?~]/.test(bare))
      ? bare
      : [];
  });
}

/** Long, of letters and of numbers that stand in several places. */
function isRandom(text: string, numbers: number): boolean {
  return (
    text.length >= 16 &&
    /[A-Za-z]/.test(text) &&
    (text.match(/\d+/g) ?? []).length >= numbers &&
    !isPlace(text)
  );
}

/** A path, or an address. */
function isPlace(text: string): boolean {
  return /^[./~\\]|:\/\//.test(text);
}

/** As people make up a password: letters, and something else; no path and no name. */
function isMixed(text: string): boolean {
  return text.length >= 6 && /[A-Za-z]/.test(text) && /[^A-Za-z./:_-]/.test(text) && !isPlace(text);
}

/** `correct-horse-battery`, and not `login-password-field`, which is somebody's name for a box. */
function isPhrase(text: string): boolean {
  return (
    /^[a-z]+(?:-[a-z]+){2,}$/i.test(text) && !/pass|pwd|secret|credential|input|field/i.test(text)
  );
}

/** Where a secret is to come: `${TOKEN}`, `<your key>`, `changeme`. */
function isPlaceholder(text: string): boolean {
  return /^:?(?:[<{%$#[]|\*+$|[xX.]+$)|\$\{|\{\{|your|example|change.?me|placeholder|dummy|redacted|^HIDDEN_/i.test(
    text,
  );
}
