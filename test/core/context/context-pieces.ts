import type { ContextPiece } from "../../../src/protocol/context";

/** A definition of three lines in another file, for tests of what is done with pieces. */
export function piece(change: Partial<ContextPiece> = {}): ContextPiece {
  const name = change.name ?? "trim";
  const path = change.path ?? "words.py";
  return {
    id: `definition:${path}:${name}`,
    kind: "definition",
    title: `function ${name}`,
    name,
    path,
    range: { start: { line: 3, character: 0 }, end: { line: 5, character: 20 } },
    languageId: "python",
    text: `def ${name}(word):\n    """Cuts."""\n    return word.strip()`,
    source: "definitions",
    reason: "It is called.",
    value: 0.9,
    editable: true,
    ...change,
  };
}
