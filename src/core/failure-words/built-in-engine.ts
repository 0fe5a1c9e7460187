import { bytes, t } from "../../base/l10n";
import { inWords } from "../../base/told-words";
import type { EngineFailure } from "../../protocol/failure";
import {
  button,
  openSettings,
  quoted,
  sentence,
  tryAgain,
  type WordsOf,
  wayWords,
  words,
} from "./phrases";

/**
 * What happened to the built-in engine, its models and their downloads, and what to do about it.
 */
export const builtInEngine: WordsOf<EngineFailure> = {
  engineNotInstalled(failure) {
    return words(
      t("The built-in engine could not be installed"),
      t(
        "{0} Check the connection to the internet and try again, or install Ollama and use that.",
        sentence(failure.cause),
      ),
      button(t("Try Again"), "useBuiltInEngine"),
    );
  },
  engineCrashed(failure) {
    return words(
      t("The built-in engine stopped unexpectedly"),
      t(
        "It ended with {0}. Your editor and your files are not touched, and what the model wrote is kept. Trying again starts it anew.",
        quoted(failure.exit),
      ),
      tryAgain(),
    );
  },
  engineSilent() {
    return words(
      t("{0} does not answer", t("The built-in engine")),
      t("It runs, but the computer may have too much to do for it. Try again in a moment."),
      tryAgain(),
    );
  },
  downloadFailed(failure) {
    const way = wayWords(failure.cause);
    return words(
      t("{0} could not be downloaded", inWords(failure.what)),
      t(
        "{0} What has come so far is kept, so that trying again goes on from there.",
        way === undefined ? sentence(failure.cause) : `${way} (${quoted(failure.cause)}).`,
      ),
      tryAgain(),
    );
  },
  checksumMismatch(failure) {
    return words(
      t("{0} arrived damaged", inWords(failure.what)),
      t(
        "The file is not the one that was published, so it was thrown away and never run. Download it again; if that gives the same, something on the way changes it.",
      ),
      button(t("Download Again"), "retry"),
    );
  },
  diskFull(failure) {
    return words(
      t("There is no room left on the disk"),
      failure.neededBytes === undefined
        ? t(
            "{0} needs more space than there is. Make room and try again, or choose a smaller model.",
            fullFor(failure.path),
          )
        : t(
            "{0} has no room for {1}. Make room and try again, or choose a smaller model.",
            fullFor(failure.path),
            bytes(failure.neededBytes, 1),
          ),
      button(t("Choose a Smaller Model"), "chooseModel"),
    );
  },
  modelFileUnreadable(failure) {
    return words(
      t("The model file cannot be used"),
      t(
        "{0}: {1} Name another file in the settings; it has to be a GGUF file.",
        failure.path,
        sentence(failure.cause),
      ),
      openSettings(),
    );
  },
};

function fullFor(path: string): string {
  return path === "" ? t("The model") : path;
}
