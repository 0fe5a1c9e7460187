import { count, t } from "../../../base/l10n";
import { inWords } from "../../../base/told-words";
import type { CloudFailure } from "../../../protocol/failure";
import {
  button,
  certificateWords,
  chooseModel,
  isSilence,
  named,
  openSettings,
  quoted,
  reachWords,
  type SomeWords,
  said,
  tryAgain,
  type Words,
  type WordsOf,
  words,
} from "../../failure-words/phrases";
import { isLoopback } from "../normalise-endpoint";
import { ollamaName } from "./ollama-name";

/** What its cloud says, whoever asked it. */
export const cloudWords: WordsOf<CloudFailure> = {
  signInRequired(failure) {
    return words(
      t("{0} needs you to sign in to Ollama", named(failure.model)),
      failure.signInUrl === undefined
        ? t(
            "Type “ollama signin” in a terminal and try again, or choose a model that runs on your machine.",
          )
        : t("Sign in and try again. Models that run on your machine need no account."),
      failure.signInUrl === undefined ? chooseModel() : button(t("Sign In"), "signIn"),
    );
  },
  cloudModelRefused(failure) {
    if (failure.turnedOff)
      return words(
        t("{0} runs in Ollama’s cloud, which is turned off", named(failure.model)),
        t(
          "Whoever set up this Ollama turned its cloud off, by OLLAMA_NO_CLOUD or in its settings, so nothing is sent there. Choose a model that runs on your machine.",
        ),
        chooseModel(),
      );
    return words(
      t("{0} does not run on your machine", named(failure.model)),
      t(
        "It would send your code to {0}. Thinkaloud does that only after you allow this model by name. No code was sent.",
        failure.host ?? t("Ollama’s cloud"),
      ),
      button(t("Allow {0}", failure.model), "allowCloudModel"),
    );
  },
};

/** What happened with Ollama, where there is more to say than of any server. */
export const ollamaWords: SomeWords = {
  daemonUnreachable(failure) {
    return (
      certificateWords(failure.endpoint, failure.cause, ollamaName) ??
      unreachable(failure.endpoint, failure.cause)
    );
  },
  notADaemon(failure) {
    if (failure.page || failure.to !== undefined) return undefined;
    return words(
      t("Something else than Ollama answers"),
      t(
        "At {0} there is another program ({1}). Put the address of your Ollama into the settings, or start Ollama if the other program took its place. LM Studio, llama.cpp’s server, vLLM and their like are added with “Another server…” in the list of models.",
        failure.endpoint,
        quoted(failure.found),
      ),
      openSettings(),
    );
  },
  invalidEndpoint(failure) {
    return words(
      t("The address of Ollama is not usable"),
      t(
        "“{0}” does not work: {1}. An address looks like http://127.0.0.1:11434.",
        quoted(failure.endpoint),
        inWords(failure.cause),
      ),
      openSettings(),
    );
  },
  forbidden(failure) {
    return words(
      t("Ollama refused to talk to Thinkaloud"),
      t(
        "{0} takes no requests under this address. If a proxy stands between, let it pass requests through; else set OLLAMA_ORIGINS for Ollama so that it accepts them, and restart it.",
        failure.endpoint,
      ),
      openSettings(),
    );
  },
  credentialsWanted(failure) {
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
  },
  noChatModel(failure) {
    return failure.baseModel === undefined
      ? words(
          t("Ollama has no model yet"),
          t(
            "Ollama answers at {0}, but there is no model in it that can talk about code. Download one; it stays on your machine.",
            failure.endpoint,
          ),
          button(t("Download a Model"), "pullModel"),
        )
      : undefined;
  },
  modelMissing(failure) {
    return words(
      t("{0} is not there", named(failure.model)),
      t(
        "The model was removed, or its name is spelt differently. Download it, or choose another one.",
      ),
      button(t("Download It"), "pullModel"),
      chooseModel(),
    );
  },
  contextOverflow(failure) {
    return words(
      t("The request is too long for the model"),
      t(
        "{0} Select a smaller piece of code, or give the model a larger window in the settings if your memory allows it. Nothing was left out silently: no answer was made.",
        overflowSize(failure.promptTokens, failure.contextTokens),
      ),
      openSettings(),
    );
  },
  requestRejected(failure) {
    if (failure.status === 429)
      return words(
        t("Ollama takes no more requests for now"),
        t("{0} Try again later, or choose another model.", said(failure.message, "")),
        tryAgain(),
        chooseModel(),
      );
    return words(
      t("Ollama did not accept the request"),
      t(
        "{0} A newer Ollama may help; the log has the details.",
        said(failure.message, t("It answered with code {0}.", failure.status)),
      ),
      button(t("Show Log"), "showLog"),
    );
  },
  emptyAnswer(failure) {
    return failure.notAsked
      ? words(
          t("The model was not asked anything"),
          t(
            "Ollama loaded the model and found no text to answer, so the request lost its text on the way. If a proxy stands between, let it pass requests on whole, or connect to Ollama directly.",
          ),
          tryAgain(),
        )
      : undefined;
  },
};

function unreachable(endpoint: string, cause: string): Words {
  if (isLoopback(endpoint) && isSilence(cause)) {
    return words(
      t("{0} does not answer", "Ollama"),
      t(
        "Something takes connections at {0} and says nothing. See whether the computer has too much to do, or restart Ollama if it hangs; then try again.",
        endpoint,
      ),
      tryAgain(),
    );
  }
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
    openSettings(),
  );
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
