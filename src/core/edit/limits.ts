/**
 * How much is looked at and kept. No decision about ordinary text hangs on these, only time and
 * memory.
 */
export const limits = {
  /** Lines of an answer, and of it with a file that it is planned for twice. */
  plannedLines: 4_000,
  /** Characters of a line that can be a mark, a label, a name or a path. */
  mark: 400,
  /** Characters of a line that is read sign by sign. */
  line: 5_000,
  /** Characters of a line that are compared with another's, or kept. */
  compared: 240,
  /** Characters that hold the few words that a line can be worth. */
  weighed: 1_000,
  /** Columns: below thousands of brackets each line would be longer than all of the answer. */
  indentation: 200,
  /** Characters of a line that are shown. */
  excerpt: 80,
  /** Characters from which the shape of a text is told. */
  shapeOfText: 1_000_000,

  /** Of more places, or more alike, none tells anything. */
  places: 24,
  /** More lines are no single import, comment, decorator or pair of old and new. */
  piece: 64,
  /** Lines around a place in which what belongs to it may stand. */
  reach: 400,
  /** Lines around a change that are judged with it. */
  judgedAround: 150,
  /** Edits in data, or fences of a file. */
  entries: 1_000,

  /** Of two texts in which so many things are compared by each other: words, */
  tokenCells: 60_000,
  /** lines by likeness, */
  alikeCells: 20_000,
  /** lines by what they say, */
  lineCells: 1_000_000,
  /** and quoted lines with those around a place, */
  alignedCells: 400_000,
  /** of so many at most. */
  alignedLines: 1_500,
  /** Comparisons of one search in an index, */
  comparisons: 20_000_000,
  /** and in a text that is read. */
  looks: 500_000,
  /** The first few questions about a text of so many lines are answered sooner without an index, */
  longText: 5_000,
  /** and about one of so many characters. */
  longOwnText: 200_000,

  /** Texts whose index is kept, */
  indexedTexts: 4,
  /** and their characters; beyond, only the latest is. */
  indexedCharacters: 16_000_000,
  /** Scanned lines that are kept: what changes between two texts is little. */
  scannedKept: 20_000,
} as const;
