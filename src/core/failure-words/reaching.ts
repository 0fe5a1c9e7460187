import { t } from "../../base/l10n";
import { inWords } from "../../base/told-words";
import type { ReachFailure } from "../../protocol/failure";
import { isLoopback } from "../model/normalise-endpoint";
import {
  button,
  named,
  quoted,
  untrusted,
  type Words,
  type WordsOf,
  wayByProxy,
  words,
} from "./phrases";

/** What happened on the way to a model, and what to do about it. */
export const reaching: WordsOf<ReachFailure> = {
  daemonUnreachable(failure) {
    return unreachable(failure.endpoint, failure.cause);
  },
  notADaemon(failure) {
    return words(
      t("Something else than Ollama answers"),
      t(
        "At {0} there is another program ({1}). Put the address of your Ollama into the settings, or start Ollama if the other program took its place. LM Studio, llama.cpp’s server, vLLM and their like are added with “Another server…” in the list of models.",
        failure.endpoint,
        quoted(failure.found),
      ),
      button(t("Open Settings"), "openSettings"),
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
      button(t("Open Settings"), "openSettings"),
    );
  },
  forbidden(failure) {
    return words(
      t("Ollama refused to talk to Thinkaloud"),
      t(
        "{0} takes no requests under this address. If a proxy stands between, let it pass requests through; else set OLLAMA_ORIGINS for Ollama so that it accepts them, and restart it.",
        failure.endpoint,
      ),
      button(t("Open Settings"), "openSettings"),
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
  proxyRefused(failure) {
    return proxyWords(failure.endpoint, failure.status);
  },
  policyForbids(failure) {
    return words(
      t("The rules of this machine do not allow {0}", failure.what),
      policyRemedy(failure.rule),
      button(t("Open Settings"), "openSettings"),
    );
  },
  signInRequired(failure) {
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
  },
  noChatModel(failure) {
    if (failure.baseModel !== undefined)
      return words(
        t("{0} only goes on with text", named(failure.baseModel)),
        t(
          "Nothing says how a question is written for it: it is a base model, or its template was not understood. So it is never chosen by itself. Choose one that was trained to answer, or this one by its name.",
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
  },
  modelMissing(failure) {
    return words(
      t("{0} is not there", named(failure.model)),
      t(
        "The model was removed, or its name is spelt differently. Download it, or choose another one.",
      ),
      button(t("Download It"), "pullModel"),
    );
  },
  cloudModelRefused(failure) {
    return words(
      t("{0} does not run on your machine", named(failure.model)),
      t(
        "It would send your code to {0}. Thinkaloud does that only after you allow this model by name. No code was sent.",
        failure.host ?? t("Ollama’s cloud"),
      ),
      button(t("Allow {0}", failure.model), "allowCloudModel"),
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
      button(t("Choose Model"), "chooseModel"),
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
      return t(
        "thinkaloud.policy lets no model run off the machine that Ollama runs on. Choose another model. Nothing was sent.",
      );
    default:
      return rule satisfies never;
  }
}

/** What stands before a server kept the request back; each status is cured in another place. */
export function proxyWords(endpoint: string, status: number, server = "Ollama"): Words {
  const settings = button(t("Open Settings"), "openSettings");
  const again = button(t("Try Again"), "retry");
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

/**
 * What a network error code means, as the beginning of a sentence that goes on with the address.
 */
export function reachWords(cause: string): string {
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
