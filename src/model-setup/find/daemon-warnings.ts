import { t } from "../../base/l10n";
import { holesIn, type KnownHole } from "../../core/model/ollama/releases";

/** What the person should know of the Ollama that answers, a sentence each. */
export function daemonWarnings(version: string): readonly string[] {
  return holesIn(version).map(({ id, what, before }) =>
    t(
      "Ollama {0} has a known hole ({1}): {2} Update it to {3} or newer.",
      version,
      id,
      consequence(what),
      before,
    ),
  );
}

function consequence(what: KnownHole["what"]): string {
  switch (what) {
    case "leaksMemory":
      return t("a model file made for it gives away what is in its memory, prompts included.");
    default:
      return what satisfies never;
  }
}
