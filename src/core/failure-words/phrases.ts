import { defined } from "../../base/defined";
import { plural, t } from "../../base/l10n";
import { shortened } from "../../base/text/shortened";
import { inWords } from "../../base/told-words";
import type { Failure, FailureReport, RemedyAction, RemedyButton } from "../../protocol/failure";

/** A failure in the person's words. */
export type Words = Omit<FailureReport, "failure">;

/**
 * Who finds the words for each of some kinds of failure; `server` is the name of whoever was asked.
 */
export type WordsOf<Some extends Failure> = {
  readonly [Kind in Some["kind"]]: (
    failure: Extract<Some, { readonly kind: Kind }>,
    server: string,
  ) => Words;
};

/** Who finds words of their own for what of it is told best by them. */
export type SomeWords = {
  readonly [Kind in Failure["kind"]]?: (
    failure: Extract<Failure, { readonly kind: Kind }>,
    server: string,
  ) => Words | undefined;
};

/** The small change of failure messages: foreign words, and times as people read them. */

/** Codes of a server that does not prove who it is. */
export const untrusted = /CERT|LEAF_SIGNATURE/;
/** How the cause of a failure tells that a proxy was on the way. */
const wayByProxy = /by way of the proxy (\S+)$/;

const quotedCharacters = 300;

/** The other side's own words, or ours when it had none. */
export function said(message: string, otherwise: string): string {
  return message.trim() === "" ? otherwise : t("It says: “{0}”.", quoted(message));
}

/**
 * Text of others, or of parts of ours that speak English, on one line, of a length that can be
 * read, without its full stop.
 */
export function quoted(text: string): string {
  const line = inWords(text).replace(/\s+/g, " ").trim();
  return shortened(line, quotedCharacters).replace(/\.$/, "");
}

/** Foreign text as a sentence of its own. */
export function sentence(text: string): string {
  const short = quoted(text);
  return short === "" ? "" : `${short.charAt(0).toUpperCase()}${short.slice(1)}.`;
}

export function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 120)
    return seconds === 1
      ? t("a second")
      : plural(seconds, t("{0} second", seconds), t("{0} seconds", seconds));
  return t("{0} minutes", Math.round(seconds / 60));
}

/** @param otherwise where the remedy names a second way. */
export function words(
  title: string,
  remedy: string,
  button?: RemedyButton,
  otherwise?: RemedyButton,
): Words {
  return { title, remedy, ...defined({ button, otherwise }) };
}

export function button(label: string, action: RemedyAction): RemedyButton {
  return { label, action };
}

export function tryAgain(): RemedyButton {
  return button(t("Try Again"), "retry");
}

export function askAgain(): RemedyButton {
  return button(t("Ask Again"), "retry");
}

export function openSettings(): RemedyButton {
  return button(t("Open Settings"), "openSettings");
}

export function chooseModel(): RemedyButton {
  return button(t("Choose Model"), "chooseModel");
}

export function named(model: string): string {
  return model === "" ? t("This model") : model;
}

/** Whether the cause of a failure to reach somebody is that they say nothing. */
export function isSilence(cause: string): boolean {
  return cause.startsWith("no answer in");
}

/**
 * What a network error code means, as the beginning of a sentence that goes on with the address.
 */
export function reachWords(cause: string): string {
  if (/EACCES|EPERM/.test(cause)) return t("Your system does not allow connections to what runs");
  return wayWords(cause) ?? t("Nobody answers");
}

/**
 * What is wrong with the certificate of a server that does not prove who it is; undefined where
 * that is not why nobody was reached.
 */
export function certificateWords(endpoint: string, cause: string, server: string) {
  if (wayByProxy.test(cause) || !untrusted.test(cause)) return undefined;
  const title = t("{0} does not prove who it is", server);
  if (/EXPIRED|NOT_YET_VALID/.test(cause))
    return words(
      title,
      t(
        "The certificate of {0} is out of date, or your computer’s clock is wrong. Whoever runs the server has to renew it. Nothing was sent.",
        endpoint,
      ),
      openSettings(),
    );
  if (/ALTNAME/.test(cause))
    return words(
      title,
      t(
        "The certificate at {0} is for another name. Put the address that it names into the settings. Nothing was sent.",
        endpoint,
      ),
      openSettings(),
    );
  return words(
    title,
    t(
      "Your computer does not know who vouches for the certificate of {0}. Add that authority to those of your system, or name its file in NODE_EXTRA_CA_CERTS, and start the editor again. Nothing was sent.",
      endpoint,
    ),
    openSettings(),
  );
}

/** What a network error code says of the way there; undefined where it says nothing of it. */
export function wayWords(cause: string): string | undefined {
  const [, proxy] = wayByProxy.exec(cause) ?? [];
  if (proxy !== undefined) return t("The proxy {0} gives no connection to the server", proxy);
  if (/ENOTFOUND|EAI_AGAIN/.test(cause)) return t("There is no computer of that name");
  if (/TIMEDOUT|TIMEOUT|UNREACH|ENETDOWN|no answer in/i.test(cause))
    return t("No answer came in time");
  return untrusted.test(cause)
    ? t(
        "The certificate is not trusted here (its authority belongs among the system’s, or into NODE_EXTRA_CA_CERTS)",
      )
    : undefined;
}
