import type { Failure, FailureReport, RemedyAction } from "../protocol/failure";
import { wordsForServer } from "./describe-server-failure";
import { count, duration, quoted, said, sentence, size } from "./failure-phrases";
import { isLoopback } from "./model/normalise-endpoint";

type Words = Omit<FailureReport, "failure">;

/** Puts a failure into the person's words: what happened, what to do about it, and at most one button that does it. */
export function describeFailure(failure: Failure): FailureReport {
  const server =
    failure.server === undefined ? undefined : wordsForServer(failure, failure.server, reachWords);
  return { failure, ...(server ?? wordsFor(failure)) };
}

function wordsFor(failure: Failure): Words {
  switch (failure.kind) {
    case "daemonUnreachable":
      return unreachable(failure.endpoint, failure.cause);
    case "notADaemon":
      return words(
        "Something else than Ollama answers",
        `At ${failure.endpoint} there is another program (${quoted(failure.found)}). Put the address of your Ollama into the settings, or start Ollama if the other program took its place. LM Studio, llama.cpp’s server, vLLM and their like are added with “Another server…” in the list of models.`,
        button("Open Settings", "openSettings"),
      );
    case "invalidEndpoint":
      return words(
        "The address of Ollama is not usable",
        `“${quoted(failure.endpoint)}” does not work: ${failure.cause}. An address looks like http://127.0.0.1:11434.`,
        button("Open Settings", "openSettings"),
      );
    case "forbidden":
      return words(
        "Ollama refused to talk to Thinkaloud",
        `${failure.endpoint} takes no requests under this address. If a proxy stands between, let it pass requests through; else set OLLAMA_ORIGINS for Ollama so that it accepts them, and restart it.`,
        button("Open Settings", "openSettings"),
      );
    case "credentialsWanted":
      return words(
        failure.refused
          ? "The password is not the right one"
          : "A user name and a password are wanted",
        `${failure.endpoint} answers ${failure.refused ? "other ones" : "those who name themselves"} only. Enter the user name and password, or the key, of whatever stands before Ollama there; they are kept in your editor’s secret store and sent to this address alone.`,
        button("Enter Them", "enterCredentials"),
      );
    case "proxyRefused":
      return proxyWords(failure.endpoint, failure.status);
    case "policyForbids":
      return words(
        `The rules of this machine do not allow ${failure.what}`,
        policyRemedies[failure.rule],
        button("Open Settings", "openSettings"),
      );
    case "signInRequired":
      return words(
        `${named(failure.model)} needs you to sign in to Ollama`,
        failure.signInUrl === undefined
          ? "Type “ollama signin” in a terminal and try again, or choose a model that runs on your machine."
          : "Sign in and try again. Models that run on your machine need no account.",
        failure.signInUrl === undefined
          ? button("Choose Model", "chooseModel")
          : button("Sign In", "signIn"),
      );
    case "noChatModel":
      return words(
        "Ollama has no model yet",
        `Ollama answers at ${failure.endpoint}, but there is no model in it that can talk about code. Download one; it stays on your machine.`,
        button("Download a Model", "pullModel"),
      );
    case "modelMissing":
      return words(
        `${named(failure.model)} is not there`,
        "The model was removed, or its name is spelt differently. Download it, or choose another one.",
        button("Download It", "pullModel"),
      );
    case "cloudModelRefused":
      return words(
        `${named(failure.model)} does not run on your machine`,
        `It would send your code to ${failure.host ?? "Ollama’s cloud"}. Thinkaloud does that only after you allow this model by name. No code was sent.`,
        button(`Allow ${failure.model}`, "allowCloudModel"),
      );
    case "contextOverflow":
      return words(
        "The request is too long for the model",
        `${overflowSize(failure.promptTokens, failure.contextTokens)} Select a smaller piece of code, or give the model a larger window in the settings if your memory allows it. Nothing was left out silently: no answer was made.`,
        button("Open Settings", "openSettings"),
      );
    case "outOfMemory":
      return words(
        "The model does not fit into memory",
        `${failure.contextTokens === undefined ? "" : `It was asked for with a window of ${count(failure.contextTokens)} tokens. `}Close what else needs memory, make the window smaller in the settings, or choose a smaller model.`,
        button("Choose a Smaller Model", "chooseModel"),
      );
    case "serverBusy":
      return words(
        "Ollama is busy",
        "It has more requests than it can take. Try again in a moment.",
        button("Try Again", "retry"),
      );
    case "modelCrashed":
      return words(
        "The model stopped unexpectedly",
        `It says: “${quoted(failure.message)}”. What it wrote until then is kept. Try again; if it happens again, choose a smaller model.`,
        button("Try Again", "retry"),
      );
    case "requestRejected":
      return words(
        "Ollama did not accept the request",
        `${said(failure.message, `It answered with code ${failure.status}.`)} A newer Ollama may help; the log has the details.`,
        button("Show Log", "showLog"),
      );
    case "serverError":
      return words(
        "Ollama ran into a problem",
        `${said(failure.message, `It answered with code ${failure.status}.`)} Try again; if it stays, restart Ollama.`,
        button("Try Again", "retry"),
      );
    case "modelReportedError":
      return words(
        "The model broke off with an error",
        `${said(failure.message, "It did not say which.")} What it wrote until then is kept.`,
        button("Try Again", "retry"),
      );
    case "streamBroken":
      return words(...brokenStream[failure.how], button("Try Again", "retry"));
    case "repetition":
      return words(
        "The model got stuck repeating itself",
        `It wrote “${quoted(failure.sample.trim() || "blank lines")}” over and over and was stopped. Ask again: it takes another way each time. Small models do this more often.`,
        button("Ask Again", "retry"),
      );
    case "emptyAnswer":
      return failure.notAsked
        ? words(
            "The model was not asked anything",
            "Ollama loaded the model and found no text to answer, so the request lost its text on the way. If a proxy stands between, let it pass requests on whole, or connect to Ollama directly.",
            button("Try Again", "retry"),
          )
        : words(
            "The model answered with nothing",
            `${named(failure.model)} ended its answer before the first word. Try again; if it stays so, choose another model: one that was not trained to answer does this.`,
            button("Try Again", "retry"),
          );
    case "answerTooLong":
      return words(
        "The answer did not come to an end",
        `Thinkaloud stopped the model after ${count(failure.limitCharacters)} characters. What it wrote is kept. Ask again, or ask for less at a time.`,
        button("Ask Again", "retry"),
      );
    case "silent":
      return words(
        "The model fell silent",
        `Nothing came for ${duration(failure.silentMs)}, so Thinkaloud gave up. See whether the computer that runs the model is overloaded, restart Ollama if it hangs, and try again.`,
        button("Try Again", "retry"),
      );
    default:
      return wordsForEngineAndFile(failure);
  }
}

type ModelFailureKind =
  | "daemonUnreachable"
  | "notADaemon"
  | "invalidEndpoint"
  | "forbidden"
  | "credentialsWanted"
  | "proxyRefused"
  | "policyForbids"
  | "signInRequired"
  | "noChatModel"
  | "modelMissing"
  | "cloudModelRefused"
  | "contextOverflow"
  | "outOfMemory"
  | "serverBusy"
  | "modelCrashed"
  | "requestRejected"
  | "serverError"
  | "modelReportedError"
  | "streamBroken"
  | "repetition"
  | "emptyAnswer"
  | "answerTooLong"
  | "silent";

function wordsForEngineAndFile(failure: Exclude<Failure, { kind: ModelFailureKind }>): Words {
  switch (failure.kind) {
    case "engineNotInstalled":
      return words(
        "The built-in engine could not be installed",
        `${sentence(failure.cause)} Check the connection to the internet and try again, or install Ollama and use that.`,
        button("Try Again", "useBuiltInEngine"),
      );
    case "engineCrashed":
      return words(
        "The built-in engine stopped unexpectedly",
        `It ended with ${quoted(failure.exit)}. Your editor and your files are not touched, and what the model wrote is kept. Trying again starts it anew.`,
        button("Try Again", "retry"),
      );
    case "downloadFailed":
      return words(
        `${failure.what} could not be downloaded`,
        `${sentence(failure.cause)} What has come so far is kept, so that trying again goes on from there.`,
        button("Try Again", "retry"),
      );
    case "checksumMismatch":
      return words(
        `${failure.what} arrived damaged`,
        "The file is not the one that was published, so it was thrown away and never run. Download it again; if that gives the same, something on the way changes it.",
        button("Download Again", "retry"),
      );
    case "diskFull":
      return words(
        "There is no room left on the disk",
        `${failure.path === "" ? "The model" : failure.path} needs ${failure.neededBytes === undefined ? "more space" : `${size(failure.neededBytes)} more`} than there is. Make room and try again, or choose a smaller model.`,
        button("Choose a Smaller Model", "chooseModel"),
      );
    case "modelFileUnreadable":
      return words(
        "The model file cannot be used",
        `${failure.path}: ${sentence(failure.cause)} Name another file in the settings; it has to be a GGUF file.`,
        button("Open Settings", "openSettings"),
      );
    case "noEditor":
      return words(
        "No file is open",
        "Open the file that you want help with, put the cursor where it matters, and ask again.",
      );
    case "fileReadOnly":
      return words(
        `${failure.path} cannot be written`,
        "The file is read-only, so no edit of it could be kept, and nothing was changed. Make it writable and try again.",
      );
    case "fileMissing":
      return words(
        `${failure.path} is gone`,
        "The file was deleted, moved or never saved, so an edit has no place to go. Bring it back or save it and try again, or ask anew where the code is now.",
      );
    case "fileTooLarge":
      return words(
        `${failure.path} is too large`,
        `It has ${size(failure.bytes)}; Thinkaloud works with files of up to ${size(failure.limitBytes)}. Move the code that you want help with into a file of its own.`,
      );
    case "fileBinary":
      return words(
        `${failure.path} is not a text file`,
        "Thinkaloud reads and changes text only. Open a source file and ask again.",
      );
    case "cellMissing":
      return words(
        `The cell of ${failure.path} is gone`,
        "The notebook was closed or the cell was deleted, so an edit has no place to go. Open the notebook and ask again in the cell that you mean.",
      );
    case "noPlaceForTests":
      return failure.because === "unsaved"
        ? words(
            `${failure.path} was never saved`,
            "Tests go into a new file beside the one that they test, and this one is nowhere yet. Save it, then ask again.",
          )
        : words(
            "A cell has no file of tests",
            `Tests could not import what stands in a cell of ${failure.path}. Move the code into a file of its own and ask there, or ask a question to have tests written into the answer.`,
          );
    case "documentConflict":
      return words(
        `${failure.path} has changed in the same place`,
        "You or another program changed the lines that the proposal changes, so nothing was applied and your text is as you left it. Compare the two versions and take over what you want.",
        button("Compare", "openDiff"),
      );
    case "applyRefused":
      return words(
        `The editor did not take the change to ${failure.path}`,
        "Nothing was changed. Save or close what else is changing the file, then accept again; the proposal waits.",
        button("Open Proposal", "openDiff"),
      );
    case "proposalGone":
      return words(
        "This proposal is no longer there",
        "It was decided already, or the window was closed since. Ask again to get a new one.",
        button("Ask Again", "retry"),
      );
    case "historyUnwritable":
      return words(
        "The reasoning cannot be kept",
        `${failure.path} cannot be written: ${sentence(failure.cause)} Thinkaloud works on, but this conversation will be gone when the window closes. Make room on the disk or make the folder writable.`,
      );
    case "internal":
      return words(
        "Thinkaloud made a mistake",
        "This is a fault in Thinkaloud, not in your code, and your files are not touched. Try again; the log says what happened and helps us when you report it.",
        button("Show Log", "showLog"),
      );
    default:
      return never(failure);
  }
}

const policyRemedies: Record<Extract<Failure, { kind: "policyForbids" }>["rule"], string> = {
  loopback:
    "thinkaloud.policy lets requests go to this machine only. Choose a model that runs here. Nothing was sent.",
  allowList:
    "thinkaloud.policy names the servers that may be asked, and this one is not among them. Choose another, or ask whoever set it. Nothing was sent.",
  cloudModels:
    "thinkaloud.policy lets no model run off the machine that Ollama runs on. Choose another model. Nothing was sent.",
};

/** What stands between us and Ollama kept the request back; each status is cured in another place. */
function proxyWords(endpoint: string, status: number): Words {
  const settings = button("Open Settings", "openSettings");
  const again = button("Try Again", "retry");
  const direct = "or connect to Ollama directly";
  switch (status) {
    case 405:
      return words(
        "A proxy does not let the request through",
        `What answers at ${endpoint} forbids the way in which Ollama is asked. Let it pass POST requests to /api/chat, ${direct}.`,
        settings,
      );
    case 407:
      return words(
        "A proxy wants a password",
        `On the way to ${endpoint} a proxy asks who you are. Thinkaloud talks to Ollama without a proxy of its own, so take this address out of what goes through it, ${direct}.`,
        settings,
      );
    case 413:
      return words(
        "The request is too large for a proxy",
        `What stands before Ollama at ${endpoint} takes only smaller requests. Raise its limit (client_max_body_size in nginx), ${direct}, or select a smaller piece of code.`,
        again,
      );
    case 408:
    case 504:
    case 522:
    case 524:
      return words(
        "A proxy gave up waiting for the model",
        `While a model loads or thinks, Ollama may be silent for minutes, and what stands before it at ${endpoint} waited no longer. Raise its time limit (proxy_read_timeout in nginx), ${direct}; then try again.`,
        again,
      );
    default:
      return words(
        "A proxy answers, and Ollama behind it does not",
        `What stands at ${endpoint} cannot reach Ollama (it says ${status}). Start Ollama there, or see whether the proxy has its right address; then try again.`,
        again,
      );
  }
}

function unreachable(endpoint: string, cause: string): Words {
  if (isLoopback(endpoint)) {
    return words(
      "Ollama is not running",
      `${reachWords(cause)} at ${endpoint}. Start Ollama and try again, or let Thinkaloud run a model itself.`,
      button("Use the Built-in Engine", "useBuiltInEngine"),
    );
  }
  return words(
    "Ollama cannot be reached",
    `${reachWords(cause)} at ${endpoint}. See whether that computer is on, whether Ollama runs there and accepts connections from yours, and whether the address in the settings is right.`,
    button("Open Settings", "openSettings"),
  );
}

/** What a network error code means, as the beginning of a sentence that goes on with the address. */
function reachWords(cause: string): string {
  if (/ENOTFOUND|EAI_AGAIN/.test(cause)) return "There is no computer of that name";
  if (/TIMEDOUT|TIMEOUT|UNREACH|ENETDOWN|no answer in/i.test(cause))
    return "No answer came in time";
  if (/EACCES|EPERM/.test(cause)) return "Your system does not allow connections to what runs";
  return "Nobody answers";
}

const brokenStream: Record<
  Extract<Failure, { kind: "streamBroken" }>["how"],
  readonly [title: string, remedy: string]
> = {
  ended: [
    "The answer broke off",
    "The model stopped in the middle, without saying that it was done. What it wrote is kept, and no edit is made of half an answer. Try again.",
  ],
  reset: [
    "The connection broke",
    "Ollama closed the connection in the middle of the answer; it may have been stopped or have crashed. What came until then is kept. See that it runs, then try again.",
  ],
  malformed: [
    "A part of the answer arrived damaged",
    "Some of the model’s text was lost on the way, so no edit is made of it. What came until then is kept. Try again; if a proxy stands between, connect to Ollama directly.",
  ],
};

function overflowSize(promptTokens: number | undefined, contextTokens: number | undefined): string {
  if (promptTokens !== undefined && contextTokens !== undefined && promptTokens <= contextTokens) {
    return `It takes ${count(promptTokens)} of the ${count(contextTokens)} tokens that the model holds at once, and leaves too little room for the answer.`;
  }
  if (promptTokens !== undefined && contextTokens !== undefined) {
    return `It has ${count(promptTokens)} tokens, and the model reads at most ${count(contextTokens)} at once.`;
  }
  return contextTokens === undefined
    ? "The model cannot read that much at once."
    : `The model reads at most ${count(contextTokens)} tokens at once.`;
}

function words(title: string, remedy: string, button?: NonNullable<Words["button"]>): Words {
  return button === undefined ? { title, remedy } : { title, remedy, button };
}

function button(label: string, action: RemedyAction): NonNullable<Words["button"]> {
  return { label, action };
}

function named(model: string): string {
  return model === "" ? "This model" : model;
}

function never(value: never): never {
  throw new Error(`a failure without words: ${JSON.stringify(value)}`);
}
