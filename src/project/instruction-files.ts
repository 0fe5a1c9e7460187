import { t } from "../base/l10n";
import {
  type ContextFindings,
  type ContextQuery,
  type ContextSource,
  nothingFound,
} from "../core/context/context-source";
import type { ContextPiece } from "../protocol/context";
import { type ProjectParts, readPiece } from "./project-parts";

/** Where projects write down what an assistant should keep to, the more particular first. */
const names = [".thinkaloud.md", "AGENTS.md", ".github/copilot-instructions.md"];
/** They are read before every answer: of long ones the beginning has to do. */
const mostCharacters = 2_000;

/**
 * What the project wants of an assistant, as a piece like others. Only where the person trusts the
 * folder: what stands there steers the model.
 */
export class InstructionFiles implements ContextSource {
  readonly name = "instructions";
  readonly #parts: ProjectParts;
  readonly #isTrusted: () => boolean;

  constructor(parts: ProjectParts, isTrusted: () => boolean) {
    this.#parts = parts;
    this.#isTrusted = isTrusted;
  }

  async find(_query: ContextQuery, signal: AbortSignal): Promise<ContextFindings> {
    if (!this.#isTrusted()) return nothingFound;
    const found = await Promise.all(names.map((name) => this.#piece(name)));
    signal.throwIfAborted();
    return { pieces: found.filter((piece) => piece !== undefined), dropped: [] };
  }

  async #piece(name: string): Promise<ContextPiece | undefined> {
    const file = await readPiece(this.#parts, name);
    const whole = file?.text.trim() ?? "";
    if (file === undefined || whole === "") return undefined;
    const text = whole.length > mostCharacters ? `${whole.slice(0, mostCharacters)}\n…` : whole;
    return {
      id: `instructions:${file.path}`,
      kind: "instructions",
      title: t("rules from {0}", file.path),
      path: file.path,
      text,
      source: "project",
      reason: t("The project wants it to be kept to."),
      value: 0.8,
      editable: false,
    };
  }
}
