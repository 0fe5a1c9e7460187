import { describe, expect, it } from "vitest";
import { describeFailure } from "../../src/core/describe-failure";
import type { Failure } from "../../src/protocol/failure";

/**
 * One of each kind at least, with what producers really put in; the type forces a new kind to be
 * added.
 */
const failures: { [Kind in Failure["kind"]]: readonly Extract<Failure, { kind: Kind }>[] } = {
  daemonUnreachable: [
    { kind: "daemonUnreachable", endpoint: "http://127.0.0.1:11434", cause: "ECONNREFUSED" },
    { kind: "daemonUnreachable", endpoint: "http://box:11434", cause: "ENOTFOUND" },
    { kind: "daemonUnreachable", endpoint: "http://box:11434", cause: "UND_ERR_CONNECT_TIMEOUT" },
    { kind: "daemonUnreachable", endpoint: "http://box:11434", cause: "EACCES" },
    { kind: "daemonUnreachable", endpoint: "http://127.0.0.1:11434", cause: "no answer in 15 s" },
    { kind: "daemonUnreachable", endpoint: "http://box:11434", cause: "no answer in 3 s" },
    { kind: "daemonUnreachable", endpoint: "https://box", cause: "SELF_SIGNED_CERT_IN_CHAIN" },
    { kind: "daemonUnreachable", endpoint: "https://box", cause: "CERT_HAS_EXPIRED" },
    { kind: "daemonUnreachable", endpoint: "https://box", cause: "ERR_TLS_CERT_ALTNAME_INVALID" },
  ],
  notADaemon: [
    { kind: "notADaemon", endpoint: "http://127.0.0.1:8080", found: "it closes the connection" },
    {
      ...{ kind: "notADaemon", endpoint: "http://127.0.0.1:8080" },
      ...{ found: "HTTP 200, text/html", page: true },
    },
    {
      ...{ kind: "notADaemon", endpoint: "http://box:8000" },
      ...{ found: "it sends requests on to https://box", to: "https://box" },
    },
  ],
  invalidEndpoint: [
    { kind: "invalidEndpoint", endpoint: "ftp://x", cause: "only http and https addresses work" },
  ],
  forbidden: [{ kind: "forbidden", endpoint: "http://box:11434" }],
  credentialsWanted: [
    { kind: "credentialsWanted", endpoint: "http://box:11434", refused: false },
    { kind: "credentialsWanted", endpoint: "https://box", refused: true },
    { kind: "credentialsWanted", endpoint: "https://box", refused: false, password: true },
  ],
  proxyRefused: [405, 407, 408, 413, 502, 504, 511, 524].map((status) => ({
    kind: "proxyRefused",
    endpoint: "http://box:11434",
    status,
  })),
  pullRefused: [
    { kind: "pullRefused", model: "http://evil/x" },
    { kind: "pullRefused", model: "evil.example/a/b", host: "evil.example" },
  ],
  policyForbids: [
    { kind: "policyForbids", what: "https://api.example.org/v1", rule: "loopback" },
    { kind: "policyForbids", what: "http://10.0.0.7:8000/v1", rule: "allowList" },
    { kind: "policyForbids", what: "gpt-oss:120b-cloud", rule: "cloudModels" },
  ],
  signInRequired: [
    {
      kind: "signInRequired",
      model: "gpt-oss:120b-cloud",
      signInUrl: "https://ollama.com/connect",
    },
    { kind: "signInRequired", model: "" },
  ],
  noChatModel: [{ kind: "noChatModel", endpoint: "http://127.0.0.1:11434" }],
  modelMissing: [{ kind: "modelMissing", model: "deepseek-r1:8b" }],
  cloudModelRefused: [
    { kind: "cloudModelRefused", model: "gpt-oss:120b-cloud" },
    { kind: "cloudModelRefused", model: "alias", host: "https://ollama.com:443" },
    { kind: "cloudModelRefused", model: "gpt-oss:120b-cloud", turnedOff: true },
  ],
  contextOverflow: [
    { kind: "contextOverflow", promptTokens: 7801, contextTokens: 8192 },
    { kind: "contextOverflow", promptTokens: 6012, contextTokens: 2048 },
    { kind: "contextOverflow", contextTokens: 2048 },
    { kind: "contextOverflow" },
  ],
  outOfMemory: [
    { kind: "outOfMemory", message: "cudaMalloc failed: out of memory", contextTokens: 32_768 },
    { kind: "outOfMemory", message: "" },
  ],
  serverBusy: [{ kind: "serverBusy" }, { kind: "serverBusy", loads: true }],
  modelCrashed: [{ kind: "modelCrashed", message: "model runner has unexpectedly stopped" }],
  requestRejected: [
    { kind: "requestRejected", status: 400, message: "invalid options" },
    { kind: "requestRejected", status: 413, message: "" },
    { kind: "requestRejected", status: 429, message: "you have reached your hourly usage limit" },
  ],
  serverError: [
    { kind: "serverError", status: 500, message: "something broke" },
    { kind: "serverError", status: 502, message: "" },
  ],
  modelReportedError: [
    { kind: "modelReportedError", message: "an error was encountered while running the model" },
    { kind: "modelReportedError", message: "" },
  ],
  streamBroken: [
    { kind: "streamBroken", how: "ended" },
    { kind: "streamBroken", how: "empty" },
    { kind: "streamBroken", how: "reset", detail: "ECONNRESET" },
    { kind: "streamBroken", how: "malformed" },
  ],
  repetition: [
    { kind: "repetition", sample: " the" },
    { kind: "repetition", sample: "\n" },
  ],
  emptyAnswer: [
    { kind: "emptyAnswer", model: "m:1b", notAsked: false },
    { kind: "emptyAnswer", model: "m:1b", notAsked: true },
  ],
  answerTooLong: [{ kind: "answerTooLong", limitCharacters: 65_536 }],
  silent: [
    { kind: "silent", silentMs: 1_800_000 },
    { kind: "silent", silentMs: 30_000 },
  ],
  engineNotInstalled: [{ kind: "engineNotInstalled", cause: "the package could not be fetched" }],
  engineCrashed: [{ kind: "engineCrashed", exit: "code 139" }],
  engineSilent: [{ kind: "engineSilent" }],
  downloadFailed: [{ kind: "downloadFailed", what: "SmolLM2-135M", cause: "the connection broke" }],
  checksumMismatch: [
    {
      kind: "checksumMismatch",
      what: "SmolLM2-135M",
      expected: "a".repeat(64),
      found: "b".repeat(64),
    },
  ],
  diskFull: [
    { kind: "diskFull", path: "/home/me/models", neededBytes: 1_100_000_000 },
    { kind: "diskFull", path: "" },
  ],
  modelFileUnreadable: [
    { kind: "modelFileUnreadable", path: "/home/me/x.gguf", cause: "it is cut off" },
  ],
  noEditor: [{ kind: "noEditor" }],
  fileReadOnly: [{ kind: "fileReadOnly", path: "src/a.py" }],
  fileMissing: [{ kind: "fileMissing", path: "src/a.py" }],
  fileTooLarge: [
    { kind: "fileTooLarge", path: "src/a.py", bytes: 20_000_000, limitBytes: 2_000_000 },
  ],
  fileBinary: [{ kind: "fileBinary", path: "a.png" }],
  cellMissing: [{ kind: "cellMissing", path: "a.ipynb" }],
  noPlaceForTests: [
    { kind: "noPlaceForTests", path: "Untitled-1", because: "unsaved" },
    { kind: "noPlaceForTests", path: "a.ipynb", because: "cell" },
  ],
  documentConflict: [{ kind: "documentConflict", path: "src/a.py" }],
  undoConflict: [{ kind: "undoConflict", path: "src/a.py", line: 12 }],
  applyRefused: [{ kind: "applyRefused", path: "src/a.py" }],
  guardedPlace: [
    { kind: "guardedPlace", path: ".vscode/settings.json", reason: "It decides what is run." },
  ],
  proposalGone: [{ kind: "proposalGone" }],
  historyUnwritable: [
    { kind: "historyUnwritable", path: "/home/me/history", cause: "no space is left" },
  ],
  internal: [
    {
      kind: "internal",
      message: "TypeError: Cannot read properties of undefined\n    at run (run.ts:12)",
    },
  ],
};

const everyFailure = Object.values(failures).flat();

describe("a failure in the person's words", () => {
  it.each(everyFailure)("says what happened and what to do: $kind", (failure) => {
    const report = describeFailure(failure);
    expect(report.failure).toBe(failure);
    expect(report.title).toMatch(/^\S.{7,79}$/);
    expect(report.title).not.toMatch(/[.!]$/);
    expect(report.remedy).toMatch(/^\S.{29,}[.]$/s);
    if (report.button !== undefined) expect(report.button.label).toMatch(/^[A-Z]/);
  });

  it.each(everyFailure)(
    "has a button for another model where it names that way: $kind",
    (failure) => {
      const { remedy, button, otherwise } = describeFailure(failure);
      const wanted = /choose (?:another|a(?: smaller)?) (?:one|model)/i.test(remedy);
      const actions = [button?.action, otherwise?.action];
      if (wanted) expect(actions).toContain("chooseModel");
    },
  );

  it.each(everyFailure)("holds no codes, no stack and no holes: $kind", (failure) => {
    const { title, remedy, button } = describeFailure(failure);
    const shown = `${title} ${remedy} ${button?.label ?? ""}`;
    expect(shown).not.toMatch(
      /undefined|null|NaN|\[object|E[A-Z]{5,}|UND_ERR|HTTP|JSON|socket|stream|TypeError|\n|\.\.| {2}| \.|“”/,
    );
  });

  /** Told of Ollama whoever was asked: its own cloud, and what there is beside the engine. */
  const ofOllama = ["signInRequired", "cloudModelRefused", "engineNotInstalled"];

  it.each(everyFailure.filter(({ kind }) => !ofOllama.includes(kind)))(
    "of another server speaks of that one and not of Ollama: $kind",
    (failure) => {
      const { title, remedy } = describeFailure({ ...failure, server: "The team’s vLLM" });
      expect(`${title} ${remedy}`).not.toContain("Ollama");
      expect(title).toMatch(/^\S.{7,79}$/);
    },
  );

  it("names the numbers when the request is too long", () => {
    expect(
      describeFailure({ kind: "contextOverflow", promptTokens: 6012, contextTokens: 2048 }).remedy,
    ).toContain("6,012 tokens");
    expect(
      describeFailure({ kind: "contextOverflow", promptTokens: 6012, contextTokens: 2048 }).remedy,
    ).toContain("2,048");
  });

  it("offers the built-in engine when Ollama should run here, and the settings when it should run elsewhere", () => {
    const button = (endpoint: string) =>
      describeFailure({ kind: "daemonUnreachable", endpoint, cause: "ECONNREFUSED" }).button
        ?.action;
    expect(button("http://127.0.0.1:11434")).toBe("useBuiltInEngine");
    expect(button("http://192.168.1.7:11434")).toBe("openSettings");
  });

  it.each([
    ["getaddrinfo ENOTFOUND huggingface.co", /^There is no computer of that name \(getaddrinfo E/],
    [
      "self-signed certificate in certificate chain, SELF_SIGNED_CERT_IN_CHAIN",
      /^The certificate is not trusted here/,
    ],
    ["EACCES: permission denied, mkdir '/models'", /^EACCES: permission denied/],
    ["read ECONNRESET", /^Read ECONNRESET\. What has come/],
  ])(
    "says what keeps a download from coming, and quotes what it does not know: %s",
    (cause, said) => {
      const { remedy } = describeFailure({ kind: "downloadFailed", what: "x.gguf", cause });
      expect(remedy).toMatch(said);
    },
  );

  it("does not print a long message in full", () => {
    const { remedy } = describeFailure({
      kind: "serverError",
      status: 500,
      message: "x".repeat(5_000),
    });
    expect(remedy.length).toBeLessThan(600);
  });
});
