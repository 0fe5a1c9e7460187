import { t } from "../../base/l10n";
import { inWords } from "../../base/told-words";
import type { ReachFailure } from "../../protocol/failure";
import {
  button,
  certificateWords,
  chooseModel,
  named,
  openSettings,
  quoted,
  reachWords,
  tryAgain,
  type Words,
  type WordsOf,
  words,
} from "./phrases";

/** What happened on the way to a model, and what to do about it. */
export const reaching: WordsOf<ReachFailure> = {
  daemonUnreachable(failure, server) {
    const certificate = certificateWords(failure.endpoint, failure.cause, server);
    if (certificate !== undefined) return certificate;
    return words(
      t("{0} does not answer", server),
      t(
        "{0} at {1}. See whether the server runs and takes connections from your computer, and whether its address in the settings is right.",
        reachWords(failure.cause),
        failure.endpoint,
      ),
      openSettings(),
    );
  },
  notADaemon(failure, server) {
    if (failure.to !== undefined)
      return words(
        t("{0} sends requests on", server),
        t(
          "What answers at {0} points to {1}, and code goes to the address that you chose and nowhere else. If the models are there, put that address into the settings. If one signs in there, a proxy stands between: sign in to it, or connect without it.",
          failure.endpoint,
          failure.to,
        ),
        openSettings(),
      );
    if (failure.page)
      return words(
        t("A web page answers in the place of {0}", server),
        t(
          "At {0} there is a page for people: another program’s, or that of a proxy to sign in on. See whether the address in the settings is right; if a proxy stands between, sign in to it, or connect without it.",
          failure.endpoint,
        ),
        openSettings(),
      );
    return words(
      t("{0} is not a server of models", server),
      t(
        "At {0} there is something else ({1}). The address goes up to the version, as in http://127.0.0.1:8000/v1. If the server speaks an API of its own, its entry in thinkaloud.endpoints has to name that as its kind.",
        failure.endpoint,
        quoted(failure.found),
      ),
      openSettings(),
    );
  },
  invalidEndpoint(failure, server) {
    return words(
      t("The address of {0} is not usable", server),
      t(
        "“{0}” does not work: {1}. An address looks like http://127.0.0.1:8000/v1.",
        quoted(failure.endpoint),
        inWords(failure.cause),
      ),
      openSettings(),
    );
  },
  forbidden(failure, server) {
    return words(
      t("{0} refused to talk to Thinkaloud", server),
      t(
        "{0} takes no requests with the key that you have. Ask whoever runs it, or enter another key.",
        failure.endpoint,
      ),
      button(t("Enter a Key"), "enterCredentials"),
    );
  },
  credentialsWanted(failure, server) {
    if (failure.password)
      return words(
        failure.refused
          ? t("The password is not the right one")
          : t("{0} wants a user name and a password", server),
        t("They are kept in your editor’s secret store and sent to {0} alone.", failure.endpoint),
        button(t("Enter Them"), "enterCredentials"),
      );
    return words(
      failure.refused ? t("The key is not the right one") : t("{0} wants a key", server),
      t(
        "Leave the user name empty if you have only a key. It is kept in your editor’s secret store and sent to {0} alone.",
        failure.endpoint,
      ),
      button(t("Enter It"), "enterCredentials"),
    );
  },
  proxyRefused(failure, server) {
    return proxyWords(failure.endpoint, failure.status, server);
  },
  policyForbids(failure) {
    return words(
      t("The rules of this machine do not allow {0}", failure.what),
      policyRemedy(failure.rule),
      openSettings(),
      chooseModel(),
    );
  },
  noChatModel(failure, server) {
    if (failure.baseModel !== undefined)
      return words(
        t("{0} only goes on with text", named(failure.baseModel)),
        t(
          "Nothing says how a question is written for it: it is a base model, or its template was not understood. So it is never chosen by itself. Choose one that was trained to answer, or this one by its name.",
        ),
        chooseModel(),
      );
    return words(
      t("{0} has no model to ask", server),
      t(
        "What is listed at {0} cannot talk about code. Whoever runs the server decides which model it has.",
        failure.endpoint,
      ),
      chooseModel(),
    );
  },
  modelMissing(failure, server) {
    return words(
      t("{0} is not there", named(failure.model)),
      t(
        "{0} does not have it any more, or its name is spelt differently. Choose one that it lists.",
        server,
      ),
      chooseModel(),
    );
  },
  pullRefused(failure) {
    return words(
      failure.host === undefined
        ? t("“{0}” is not the name of a model", quoted(failure.model))
        : t("{0} would be fetched from {1}", named(failure.model), quoted(failure.host)),
      failure.host === undefined
        ? t("Names look like qwen3:8b or hf.co/unsloth/Qwen3-8B-GGUF:Q4_K_M. Nothing was fetched.")
        : t(
            "That is no library that Thinkaloud knows, and you have not agreed to it. If you mean it, type the name yourself under Choose Model. Nothing was fetched.",
          ),
      chooseModel(),
    );
  },
};

function policyRemedy(rule: Extract<ReachFailure, { kind: "policyForbids" }>["rule"]): string {
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
      return t("thinkaloud.policy allows no cloud models. Choose another model. Nothing was sent.");
    default:
      return rule satisfies never;
  }
}

/** What stands before a server kept the request back; each status is cured in another place. */
function proxyWords(endpoint: string, status: number, server: string): Words {
  const settings = openSettings();
  const again = tryAgain();
  const direct = t("or connect to {0} directly", server);
  switch (status) {
    case 405:
      return words(
        t("A proxy does not let the request through"),
        t(
          "What answers at {0} forbids the way in which {2} is asked. Let it pass POST requests, {1}.",
          endpoint,
          direct,
          server,
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
          "What stands before {2} at {0} takes only smaller requests. Raise its limit (client_max_body_size in nginx), {1}, or select a smaller piece of code.",
          endpoint,
          direct,
          server,
        ),
        again,
      );
    case 511:
      return words(
        t("The network wants you to sign in"),
        t(
          "Something on the way to {0} answers in its place. Open any page in your browser, sign in to the network there, and try again.",
          endpoint,
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
          "While a model loads or thinks, {2} may be silent for minutes, and what stands before it at {0} waited no longer. Raise its time limit (proxy_read_timeout in nginx), {1}; then try again.",
          endpoint,
          direct,
          server,
        ),
        again,
      );
    default:
      return words(
        t("A proxy answers, and {0} behind it does not", server),
        t(
          "What stands at {0} cannot reach {2} (it says {1}). Start it there, or see whether the proxy has its right address; then try again.",
          endpoint,
          status,
          server,
        ),
        again,
      );
  }
}
