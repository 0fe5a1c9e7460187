/**
 * How much is looked at and kept. No decision about ordinary text hangs on these, only time and
 * memory.
 */
export const limits = {
  // answer/
  /** A longer line opens nothing, unless it is data. */
  openingLine: 5_000,
  /** So many dividers of one block are tried. */
  dividers: 8,
  /** Characters of a line that names a line. */
  lineHint: 80,
  /** Characters of a label of a half. */
  label: 60,
  /** Characters of a mark with a path behind it. */
  mark: 400,
  /** Characters of an element's name. */
  elementName: 100,
  /** Characters of a path. */
  path: 200,
  /** Characters of what stands behind a fence's mark. */
  fenceInfo: 500,
  /** Text that is full of numbered entities is looked up for so many of them. */
  entities: 100,
  /** Characters from which the shape of a text is told. */
  shapeOfText: 1_000_000,
  /** In a text of so many characters the first few lines are looked for before an index is made: */
  longOwnText: 200_000,
  /** so many. */
  ownTextLooks: 50,
  /** Depth to which edits are looked for in data, */
  jsonDepth: 12,
  /** and how many. */
  jsonEdits: 1_000,
  /** Tags around one edit. */
  tagDepth: 3,

  // code/
  /** Lines at the beginning of a file that hold its imports. */
  importsWithin: 400,
  /** Lines of one import. */
  importLines: 60,
  /** Lines of old code that is shown in one fence, and new in the next. */
  pairLines: 60,
  /** Characters within which a name stands in its line. */
  boundHead: 240,
  /** So many new lines are compared with as many that follow in the file. */
  grownLines: 40,
  /** Lines of a function that may have another name, */
  renamedLines: 400,
  /** and how many functions are asked. */
  renamedOf: 400,
  /** Lines around the asked-for place that are looked at. */
  snippetAround: 400,

  // judge/
  /** Lines that are nowhere in the other body, by those of it that they are compared with. */
  twinCells: 20_000,
  /** Ways in which one change may be told. */
  slides: 40,

  // locate/
  /** Places in which a quotation is aligned, */
  windows: 24,
  /** places of one line that are counted for them, */
  votesOfLine: 64,
  /** lines of a quotation that is aligned, */
  alignedLines: 1_500,
  /** and lines by lines. */
  alignedCells: 400_000,
  /** Places of one quotation. */
  matches: 20,
  /** Comparisons of one search in an index, */
  comparisons: 20_000_000,
  /** and in a text that is read: a line that is everywhere is no reason to read it many times. */
  looks: 500_000,
  /** Places of a part of a line. */
  fragments: 20,
  /** Places of lines that are wrapped otherwise. */
  rewrapped: 20,
  /** Longer comments are not compared line by line. */
  commentLines: 60,

  // plan/
  /** Lines around a change that are judged with it. */
  judgedAround: 150,
  /** Edits that quote what edits before them made. */
  chainedEdits: 64,

  // text/
  /** Characters of a line that are shown. */
  excerpt: 80,
  /** Texts whose index is kept, */
  indexedTexts: 4,
  /** and their characters; beyond, only the latest is. */
  indexedCharacters: 16_000_000,
  /** Characters of a line that are compared with another's. */
  comparedCharacters: 240,
  /** So many characters hold the few words that a line can be worth. */
  weighedCharacters: 1_000,
  /** Words of two lines that are compared, by each other. */
  tokenCells: 60_000,
  /** Lines that are paired by what they say, by each other; more are by a plain difference. */
  lineCells: 1_000_000,
  /** Lines that are paired by likeness, by each other. */
  alikeCells: 20_000,
  /** Longer lines are data or generated: what stands in them is not looked at. */
  scannedLine: 5_000,
  /** Scanned lines that are kept: what changes between two texts is little, */
  scannedKept: 20_000,
  /** those that are not longer. */
  scannedKeptLength: 200,
  /** Lines between two places at which a scan can be taken up. */
  scanStops: 64,
  /** A state with more open brackets than any code has is not worth its memory. */
  scanBrackets: 200,
  /** Lines of a piece that may be cut within a comment; what is longer seldom is. */
  cutPiece: 400,
  /** In a text of so many lines the first few questions are answered sooner without an index: */
  longText: 5_000,
  /** so many. */
  textLooks: 24,
} as const;
