import { bytes, count, t } from "../base/l10n";
import { inWords } from "../base/told-words";
import type { Failure, FailureReport, RemedyAction } from "../protocol/failure";
import { wordsForServer } from "./describe-server-failure";
import { duration, quoted, said, sentence, untrusted, wayByProxy } from "./failure-phrases";
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
        t("Something else than Ollama answers"),
        t(
          "At {0} there is another program ({1}). Put the address of your Ollama into the settings, or start Ollama if the other program took its place. LM Studio, llama.cpp’s server, vLLM and their like are added with “Another server…” in the list of models.",
          failure.endpoint,
          quoted(failure.found),
        ),
        button(t("Open Settings"), "openSettings"),
      );
    case "invalidEndpoint":
      return words(
        t("The address of Ollama is not usable"),
        t(
          "“{0}” does not work: {1}. An address looks like http://127.0.0.1:11434.",
          quoted(failure.endpoint),
          inWords(failure.cause),
        ),
        button(t("Open Settings"), "openSettings"),
      );
    case "forbidden":
      return words(
        t("Ollama refused to talk to Thinkaloud"),
        t(
          "{0} takes no requests under this address. If a proxy stands between, let it pass requests through; else set OLLAMA_ORIGINS for Ollama so that it accepts them, and restart it.",
          failure.endpoint,
        ),
        button(t("Open Settings"), "openSettings"),
      );
    case "credentialsWanted":
      return words(
        failure.refused
          ? t("The password is not the right one")
          : t("A user name and a password are wanted"),
        t(
          "{0} Enter the user name and password, or the key, of whatever stands before Ollama there; they are kept in your editor’s secret store and sent to this address alone.",
          failure.refused
            ? t("{0} answers other ones only.", failure.endpoint)
            : t("{0} answers those who name themselves only.", failure.endpoint),
        ),
        button(t("Enter Them"), "enterCredentials"),
      );
    case "proxyRefused":
      return proxyWords(failure.endpoint, failure.status);
    case "policyForbids":
      return words(
        t("The rules of this machine do not allow {0}", failure.what),
        policyRemedy(failure.rule),
        button(t("Open Settings"), "openSettings"),
      );
    case "signInRequired":
      return words(
        t("{0} needs you to sign in to Ollama", named(failure.model)),
        failure.signInUrl === undefined
          ? t(
              "Type “ollama signin” in a terminal and try again, or choose a model that runs on your machine.",
            )
          : t("Sign in and try again. Models that run on your machine need no account."),
        failure.signInUrl === undefined
          ? button(t("Choose Model"), "chooseModel")
          : button(t("Sign In"), "signIn"),
      );
    case "noChatModel":
      if (failure.baseModel !== undefined)
        return words(
          t("{0} only goes on with text", named(failure.baseModel)),
          t(
            "It is a base model: nothing says how a question is written for it, so it is never chosen by itself. Choose one that was trained to answer, or this one by its name.",
          ),
          button(t("Choose Model"), "chooseModel"),
        );
      return words(
        t("Ollama has no model yet"),
        t(
          "Ollama answers at {0}, but there is no model in it that can talk about code. Download one; it stays on your machine.",
          failure.endpoint,
        ),
        button(t("Download a Model"), "pullModel"),
      );
    case "modelMissing":
      return words(
        t("{0} is not there", named(failure.model)),
        t(
          "The model was removed, or its name is spelt differently. Download it, or choose another one.",
        ),
        button(t("Download It"), "pullModel"),
      );
    case "cloudModelRefused":
      return words(
        t("{0} does not run on your machine", named(failure.model)),
        t(
          "It would send your code to {0}. Thinkaloud does that only after you allow this model by name. No code was sent.",
          failure.host ?? t("Ollama’s cloud"),
        ),
        button(t("Allow {0}", failure.model), "allowCloudModel"),
      );
    case "pullRefused":
      return words(
        failure.host === undefined
          ? t("“{0}” is not the name of a model", quoted(failure.model))
          : t("{0} would be fetched from {1}", named(failure.model), quoted(failure.host)),
        failure.host === undefined
          ? t(
              "Names look like qwen3:8b or hf.co/unsloth/Qwen3-8B-GGUF:Q4_K_M. Nothing was fetched.",
            )
          : t(
              "That is no library that Thinkaloud knows, and you have not agreed to it. If you mean it, type the name yourself under Choose Model. Nothing was fetched.",
            ),
        button(t("Choose Model"), "chooseModel"),
      );
    case "contextOverflow":
      return words(
        t("The request is too long for the model"),
        t(
          "{0} Select a smaller piece of code, or give the model a larger window in the settings if your memory allows it. Nothing was left out silently: no answer was made.",
          overflowSize(failure.promptTokens, failure.contextTokens),
        ),
        button(t("Open Settings"), "openSettings"),
      );
    case "outOfMemory":
      return words(
        t("The model does not fit into memory"),
        windowAsked(failure.contextTokens) +
          t(
            "Close what else needs memory, make the window smaller in the settings, or choose a smaller model.",
          ),
        button(t("Choose a Smaller Model"), "chooseModel"),
      );
    case "serverBusy":
      return words(
        t("Ollama is busy"),
        t("It has more requests than it can take. Try again in a moment."),
        button(t("Try Again"), "retry"),
      );
    case "modelCrashed":
      return words(
        t("The model stopped unexpectedly"),
        t(
          "It says: “{0}”. What it wrote until then is kept. Try again; if it happens again, choose a smaller model.",
          quoted(failure.message),
        ),
        button(t("Try Again"), "retry"),
      );
    case "requestRejected":
      return words(
        t("Ollama did not accept the request"),
        t(
          "{0} A newer Ollama may help; the log has the details.",
          said(failure.message, t("It answered with code {0}.", failure.status)),
        ),
        button(t("Show Log"), "showLog"),
      );
    case "serverError":
      return words(
        t("Ollama ran into a problem"),
        t(
          "{0} Try again; if it stays, restart Ollama.",
          said(failure.message, t("It answered with code {0}.", failure.status)),
        ),
        button(t("Try Again"), "retry"),
      );
    case "modelReportedError":
      return words(
        t("The model broke off with an error"),
        t(
          "{0} What it wrote until then is kept.",
          said(failure.message, t("It did not say which.")),
        ),
        button(t("Try Again"), "retry"),
      );
    case "streamBroken":
      return words(...brokenStream(failure.how), button(t("Try Again"), "retry"));
    case "repetition":
      return words(
        t("The model got stuck repeating itself"),
        t(
          "It wrote “{0}” over and over and was stopped. Ask again: it takes another way each time. Small models do this more often.",
          quoted(failure.sample.trim() || t("blank lines")),
        ),
        button(t("Ask Again"), "retry"),
      );
    case "emptyAnswer":
      return failure.notAsked
        ? words(
            t("The model was not asked anything"),
            t(
              "Ollama loaded the model and found no text to answer, so the request lost its text on the way. If a proxy stands between, let it pass requests on whole, or connect to Ollama directly.",
            ),
            button(t("Try Again"), "retry"),
          )
        : words(
            t("The model answered with nothing"),
            t(
              "{0} ended its answer before the first word. Try again; if it stays so, choose another model: one that was not trained to answer does this.",
              named(failure.model),
            ),
            button(t("Try Again"), "retry"),
          );
    case "answerTooLong":
      return words(
        t("The answer did not come to an end"),
        t(
          "Thinkaloud stopped the model after {0} characters. What it wrote is kept. Ask again, or ask for less at a time.",
          count(failure.limitCharacters),
        ),
        button(t("Ask Again"), "retry"),
      );
    case "silent":
      return words(
        t("The model fell silent"),
        t(
          "Nothing came for {0}, so Thinkaloud gave up; what it wrote until then is kept. See whether the computer that runs the model is overloaded, restart Ollama if it hangs, and try again.",
          duration(failure.silentMs),
        ),
        button(t("Try Again"), "retry"),
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
  | "pullRefused"
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
        t("The built-in engine could not be installed"),
        t(
          "{0} Check the connection to the internet and try again, or install Ollama and use that.",
          sentence(failure.cause),
        ),
        button(t("Try Again"), "useBuiltInEngine"),
      );
    case "engineCrashed":
      return words(
        t("The built-in engine stopped unexpectedly"),
        t(
          "It ended with {0}. Your editor and your files are not touched, and what the model wrote is kept. Trying again starts it anew.",
          quoted(failure.exit),
        ),
        button(t("Try Again"), "retry"),
      );
    case "downloadFailed":
      return words(
        t("{0} could not be downloaded", inWords(failure.what)),
        t(
          "{0} What has come so far is kept, so that trying again goes on from there.",
          sentence(failure.cause),
        ),
        button(t("Try Again"), "retry"),
      );
    case "checksumMismatch":
      return words(
        t("{0} arrived damaged", inWords(failure.what)),
        t(
          "The file is not the one that was published, so it was thrown away and never run. Download it again; if that gives the same, something on the way changes it.",
        ),
        button(t("Download Again"), "retry"),
      );
    case "diskFull":
      return words(
        t("There is no room left on the disk"),
        failure.neededBytes === undefined
          ? t(
              "{0} needs more space than there is. Make room and try again, or choose a smaller model.",
              fullFor(failure.path),
            )
          : t(
              "{0} needs {1} more than there is. Make room and try again, or choose a smaller model.",
              fullFor(failure.path),
              bytes(failure.neededBytes, 1),
            ),
        button(t("Choose a Smaller Model"), "chooseModel"),
      );
    case "modelFileUnreadable":
      return words(
        t("The model file cannot be used"),
        t(
          "{0}: {1} Name another file in the settings; it has to be a GGUF file.",
          failure.path,
          sentence(failure.cause),
        ),
        button(t("Open Settings"), "openSettings"),
      );
    case "noEditor":
      return words(
        t("No file is open"),
        t("Open the file that you want help with, put the cursor where it matters, and ask again."),
      );
    case "fileReadOnly":
      return words(
        t("{0} cannot be written", failure.path),
        t(
          "The file is read-only, so no edit of it could be kept, and nothing was changed. Make it writable and try again.",
        ),
      );
    case "fileMissing":
      return words(
        t("{0} is gone", failure.path),
        t(
          "The file was deleted, moved or never saved, so an edit has no place to go. Bring it back or save it and try again, or ask anew where the code is now.",
        ),
      );
    case "fileTooLarge":
      return words(
        t("{0} is too large", failure.path),
        t(
          "It has {0}; Thinkaloud works with files of up to {1}. Move the code that you want help with into a file of its own.",
          bytes(failure.bytes, 1),
          bytes(failure.limitBytes, 1),
        ),
      );
    case "fileBinary":
      return words(
        t("{0} is not a text file", failure.path),
        t("Thinkaloud reads and changes text only. Open a source file and ask again."),
      );
    case "cellMissing":
      return words(
        t("The cell of {0} is gone", failure.path),
        t(
          "The notebook was closed or the cell was deleted, so an edit has no place to go. Open the notebook and ask again in the cell that you mean.",
        ),
      );
    case "noPlaceForTests":
      return failure.because === "unsaved"
        ? words(
            t("{0} was never saved", failure.path),
            t(
              "Tests go into a new file beside the one that they test, and this one is nowhere yet. Save it, then ask again.",
            ),
          )
        : words(
            t("A cell has no file of tests"),
            t(
              "Tests could not import what stands in a cell of {0}. Move the code into a file of its own and ask there, or ask a question to have tests written into the answer.",
              failure.path,
            ),
          );
    case "documentConflict":
      return words(
        t("{0} has changed in the same place", failure.path),
        t(
          "You or another program changed the lines that the proposal changes, so nothing was applied and your text is as you left it. Compare the two versions and take over what you want.",
        ),
        button(t("Compare"), "openDiff"),
      );
    case "applyRefused":
      return words(
        t("The editor did not take the change to {0}", failure.path),
        t(
          "Nothing was changed. Save or close what else is changing the file, then accept again; the proposal waits.",
        ),
        button(t("Open Proposal"), "openDiff"),
      );
    case "guardedPlace":
      return words(
        t("{0} is changed only when it is named", failure.path),
        t(
          "{0} Nothing was written. Look at the change, and if you want it, add --guarded “{1}”.",
          inWords(failure.reason),
          failure.path,
        ),
      );
    case "proposalGone":
      return words(
        t("This proposal is no longer there"),
        t("It was decided already, or the window was closed since. Ask again to get a new one."),
        button(t("Ask Again"), "retry"),
      );
    case "historyUnwritable":
      return words(
        t("The reasoning cannot be kept"),
        t(
          "{0} cannot be written: {1} Thinkaloud works on, but this conversation will be gone when the window closes. Make room on the disk or make the folder writable.",
          failure.path,
          sentence(failure.cause),
        ),
      );
    case "internal":
      return words(
        t("Thinkaloud made a mistake"),
        t(
          "This is a fault in Thinkaloud, not in your code, and your files are not touched. Try again; the log says what happened and helps us when you report it.",
        ),
        button(t("Show Log"), "showLog"),
      );
    default:
      return never(failure);
  }
}

function policyRemedy(rule: Extract<Failure, { kind: "policyForbids" }>["rule"]): string {
  switch (rule) {
    case "loopback":
      return t(
        "thinkaloud.policy lets requests go to this machine only. Choose a model that runs here. Nothing was sent.",
      );
    case "allowList":
      return t(
        "thinkaloud.policy names the servers that may be asked, and this one is not among them. Choose another, or ask whoever set it. Nothing was sent.",
      );
    case "cloudModels":
      return t(
        "thinkaloud.policy lets no model run off the machine that Ollama runs on. Choose another model. Nothing was sent.",
      );
    default:
      return rule satisfies never;
  }
}

/** What stands between us and Ollama kept the request back; each status is cured in another place. */
function proxyWords(endpoint: string, status: number): Words {
  const settings = button(t("Open Settings"), "openSettings");
  const again = button(t("Try Again"), "retry");
  const direct = t("or connect to Ollama directly");
  switch (status) {
    case 405:
      return words(
        t("A proxy does not let the request through"),
        t(
          "What answers at {0} forbids the way in which Ollama is asked. Let it pass POST requests to /api/chat, {1}.",
          endpoint,
          direct,
        ),
        settings,
      );
    case 407:
      return words(
        t("A proxy wants a password"),
        t(
          "On the way to {0} a proxy asks who you are. Write user name and password into its address (http.proxy in the settings), take this address out of what goes through it (http.noProxy), {1}.",
          endpoint,
          direct,
        ),
        settings,
      );
    case 413:
      return words(
        t("The request is too large for a proxy"),
        t(
          "What stands before Ollama at {0} takes only smaller requests. Raise its limit (client_max_body_size in nginx), {1}, or select a smaller piece of code.",
          endpoint,
          direct,
        ),
        again,
      );
    case 408:
    case 504:
    case 522:
    case 524:
      return words(
        t("A proxy gave up waiting for the model"),
        t(
          "While a model loads or thinks, Ollama may be silent for minutes, and what stands before it at {0} waited no longer. Raise its time limit (proxy_read_timeout in nginx), {1}; then try again.",
          endpoint,
          direct,
        ),
        again,
      );
    default:
      return words(
        t("A proxy answers, and Ollama behind it does not"),
        t(
          "What stands at {0} cannot reach Ollama (it says {1}). Start Ollama there, or see whether the proxy has its right address; then try again.",
          endpoint,
          status,
        ),
        again,
      );
  }
}

function unreachable(endpoint: string, cause: string): Words {
  if (isLoopback(endpoint)) {
    return words(
      t("Ollama is not running"),
      t(
        "{0} at {1}. Start Ollama and try again, or let Thinkaloud run a model itself.",
        reachWords(cause),
        endpoint,
      ),
      button(t("Use the Built-in Engine"), "useBuiltInEngine"),
    );
  }
  return words(
    t("Ollama cannot be reached"),
    t(
      "{0} at {1}. See whether that computer is on, whether Ollama runs there and accepts connections from yours, and whether the address in the settings is right.",
      reachWords(cause),
      endpoint,
    ),
    button(t("Open Settings"), "openSettings"),
  );
}

/** What a network error code means, as the beginning of a sentence that goes on with the address. */
function reachWords(cause: string): string {
  const [, proxy] = wayByProxy.exec(cause) ?? [];
  if (proxy !== undefined) return t("The proxy {0} gives no connection to the server", proxy);
  if (/ENOTFOUND|EAI_AGAIN/.test(cause)) return t("There is no computer of that name");
  if (/TIMEDOUT|TIMEOUT|UNREACH|ENETDOWN|no answer in/i.test(cause))
    return t("No answer came in time");
  if (/EACCES|EPERM/.test(cause)) return t("Your system does not allow connections to what runs");
  if (untrusted.test(cause))
    return t(
      "The certificate is not trusted here (its authority belongs among the system’s, or into NODE_EXTRA_CA_CERTS)",
    );
  return t("Nobody answers");
}

/** @returns title and remedy. */
function brokenStream(
  how: Extract<Failure, { kind: "streamBroken" }>["how"],
): readonly [title: string, remedy: string] {
  switch (how) {
    case "ended":
      return [
        t("The answer broke off"),
        t(
          "The model stopped in the middle, without saying that it was done. What it wrote is kept, and no edit is made of half an answer. Try again.",
        ),
      ];
    case "reset":
      return [
        t("The connection broke"),
        t(
          "Ollama closed the connection in the middle of the answer; it may have been stopped or have crashed. What came until then is kept. See that it runs, then try again.",
        ),
      ];
    case "malformed":
      return [
        t("A part of the answer arrived damaged"),
        t(
          "Some of the model’s text was lost on the way, so no edit is made of it. What came until then is kept. Try again; if a proxy stands between, connect to Ollama directly.",
        ),
      ];
    default:
      return how satisfies never;
  }
}

function overflowSize(promptTokens: number | undefined, contextTokens: number | undefined): string {
  if (promptTokens !== undefined && contextTokens !== undefined && promptTokens <= contextTokens) {
    return t(
      "It takes {0} of the {1} tokens that the model holds at once, and leaves too little room for the answer.",
      count(promptTokens),
      count(contextTokens),
    );
  }
  if (promptTokens !== undefined && contextTokens !== undefined) {
    return t(
      "It has {0} tokens, and the model reads at most {1} at once.",
      count(promptTokens),
      count(contextTokens),
    );
  }
  return contextTokens === undefined
    ? t("The model cannot read that much at once.")
    : t("The model reads at most {0} tokens at once.", count(contextTokens));
}

/** A sentence with the space behind it, or nothing. */
function windowAsked(contextTokens: number | undefined): string {
  if (contextTokens === undefined) return "";
  return `${t("It was asked for with a window of {0} tokens.", count(contextTokens))} `;
}

function words(title: string, remedy: string, button?: NonNullable<Words["button"]>): Words {
  return button === undefined ? { title, remedy } : { title, remedy, button };
}

function button(label: string, action: RemedyAction): NonNullable<Words["button"]> {
  return { label, action };
}

function fullFor(path: string): string {
  return path === "" ? t("The model") : path;
}

function named(model: string): string {
  return model === "" ? t("This model") : model;
}

function never(value: never): never {
  throw new Error(`a failure without words: ${JSON.stringify(value)}`);
}
