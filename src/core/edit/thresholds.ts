/**
 * Every figure on which a decision of the engine hangs. In brackets what becomes of the recorded
 * answers with the nearest other figure that changes any: 0.1 or 0.2 less or more for a share, half
 * or one and a half times for the rest, each by itself, over at most 500 answers that ask for it.
 * Without brackets none of these did.
 */
export const thresholds = {
  // answer/
  /** Of an answer without a fence, so many lines are the file's: it is the file. */
  bareTextOfFile: 0.6,
  /** And of the file's lines so many are the answer's. */
  fileInBareText: 0.5,
  /** A line of fewer letters is in too many texts to begin one. */
  lettersOfFirstLine: 3,
  /** A closing fence stands so many columns deeper than the opening one at most. */
  fenceDeeper: 3,
  /** A longer line stands for no code that was left out, */
  elision: 120,
  /** nor do more words without dots. */
  elisionWords: 60,
  /** A line in a fence that is as much like one of the file is that line, changed. */
  fencedLineChanged: 0.6,
  /** So many lines above a fence of the file's tell it from another. */
  linesAboveFence: 3,
  /** And so many of those in it. */
  linesInFence: 20,
  /** Each mark of an answer may be compared with each of the file: with so many of those, */
  ownFences: 1_000,
  /** and so often. */
  fenceQuestions: 500,
  /** A line that is in a file more often tells little. */
  ownLinePlaces: 20,
  /** A sentence takes back what stands above it within so many characters. */
  retractionWithin: 300,

  // code/
  /** Of the lines that both sides have, so many stand as deep below their heads on both. */
  depthsShared: 0.8,
  /**
   * Lines that stand one for one for others of the file are as much alike, all together,
   * [0.52: 6 found, right; 0.72: 4 refused]
   */
  akinLines: 0.62,
  /** and each of them, [0.3: 2 found; 0.5: 2 wrong] */
  akinEach: 0.4,
  /** and the next best place is so much less. [0.05: 1 found, right, 4 wrong; 0.35: 4 refused] */
  akinMargin: 0.15,
  /** More lines are a stretch, or have a name. */
  akinMost: 6,
  /** A longer file has too many lines that are alike. */
  akinFile: 3_000,
  /** What says less may stand anywhere. [2.25: 14 refused] */
  akinWeight: 1.5,
  /** So much of a piece is the file's to be meant for it, [0.3: 3 refused] */
  pieceOfFile: 0.5,
  /** and so much of one that is not is told by another piece. [0.7: 1 found] */
  pieceTold: 0.5,
  /** So much of a piece's text is the file's, whatever its fence is called, */
  pieceOfOwn: 0.6,
  /** or where it is called as the file. [0.7: 1 refused] */
  pieceOfOwnByName: 0.5,
  /** A body that opens further below a call's head is none of it. */
  linesToBody: 12,
  /** A decorator of more lines is none. */
  attributeLines: 40,
  /** A line of the answer that is as much like one of the file is that line, changed. */
  changedLine: 0.5,
  /**
   * An opening line that is so much like one of the file is that one, changed.
   * [0.85: 2 refused]
   */
  changedOpening: 0.75,
  /** Of more lines that begin alike none tells anything. */
  headsAlike: 100,
  /**
   * A declaration with so much of another's body is that one under another name.
   * [0.5: 2 fewer wrong]
   */
  renamedBody: 0.6,
  /** Of the lines that both have, so many at one column show that the answer copies the layout. */
  copiedColumns: 0.66,
  /** So many lines that say little are looked at above a mark for left-out code. */
  sharedAboveMark: 20,
  /**
   * A line of no more weight ends a block, or is a word that many lines are.
   * [0.4: 1 other text]
   */
  loneWord: 0.5,
  /** What an opening line has to say to be a block's name. [1.5: 2 fewer wrong, 15 refused] */
  blockName: 1,
  /** A line that opens so many blocks names none. */
  blocksOfName: 50,
  /** A block of which less is left is no version of it, */
  blockCovered: 0.4,
  /** unless so few lines of it are gone. */
  blockGone: 2,
  /** A body less alike than this is not another version of one. */
  bodyVersion: 0.3,
  /**
   * Known lines that say so much together are no chance: new ones grow beside them.
   * [3.75: 6 refused]
   */
  grownBeside: 2.5,
  /** A class or interface of which less is left is no version of it, [0.3: 2 found, right] */
  typeCovered: 0.4,
  /** or so few lines of it are gone. */
  typeGone: 2,
  /** A file of so few lines is rewritten as a whole more often than in parts. [1.5: 1 refused] */
  tinyFile: 3,
  /** In one of so many lines, the answer's resemble them: */
  smallFile: 12,
  /** each as much, */
  smallFileLine: 0.6,
  /** and so many of them. */
  smallFileShare: 0.6,
  /** More lines are a stretch, or have a name. */
  snippetLines: 24,
  /** So few lines need none beside them that stays. */
  loneSnippet: 2,
  /** A line says so much that it tells the place of those beside it. */
  snippetWeight: 1,
  /** Lines of the file that are gone from a stretch beyond those that the answer has anew. */
  stretchGone: 3,
  /**
   * Of the answer, so much stands in a stretch word for word,
   * [0.4: 2 found, right; 0.6: 2 refused]
   */
  stretchSame: 0.5,
  /** and without a name, in another place than the person asked about, so much. */
  stretchSameElsewhere: 0.75,
  /** A stretch that differs by so little more is as good: a factor, */
  rivalFactor: 1.25,
  /** and the weight of half a line. */
  rivalWeight: 0.75,
  /** A line that says so much is no chance where it stands twice. */
  stretchWeight: 1.5,
  /** Of more parts, an answer is no few blocks of the file. */
  stretchParts: 12,
  /** So much of what stands beside the declarations an answer has that is the file, */
  looseOfFile: 0.5,
  /** or of a file that has no declarations, [0.4: 2 wrong] */
  scriptOfFile: 0.6,
  /** or so much of its text, whatever is called what. */
  textOfFile: 0.8,

  /** A whole file that the answer repeats or changes less of cannot be told. */
  fileCovered: 0.5,
  /** A function under another name has so much of the body of one, [0.5: 1 found] */
  renamed: 0.6,
  /** and so much less of any other's. */
  renamedMargin: 0.15,
  /** A body that shares as much with one of its name is none of the others of that name. */
  bodyOfOne: 0.5,

  // judge/
  /** New words for a comment resemble the old ones as much. [0.6: 1 refused] */
  sameComment: 0.5,
  /** Lines around a change that tell where it stands. */
  cutOffAround: 40,
  /** So many indented lines show what a file is indented with. */
  indentedLines: 4,
  /** Lines that say less may well stand twice in the outcome, */
  doubledWeight: 3,
  /** or where their first line does. */
  doubledFirst: 1.5,
  /** Lines that begin alike are others where fewer are the same. */
  repeatShare: 0.7,
  /** Bodies that agree so much are two versions of one. [0.4: 2 refused] */
  twinBody: 0.6,
  /** Bodies of fewer lines are alike by chance. [1: 2 refused] */
  twinLines: 2,
  /** Fewer lines than these may well stand elsewhere as they are. */
  copiedLines: 5,
  /** A head that stands in so many places does not tell where to look. */
  headPlaces: 16,
  /** A line alone may have been meant to go. [1: 1 refused; 3: 2 found, right] */
  endOfValue: 2,

  // locate/
  /** What a line of the file that a quotation skips costs, in the weight of lines. */
  skipCost: 0.3,
  /** Of the weight of a quotation, so much is found in its place, [0.82: 4 refused] */
  aligned: 0.72,
  /** and so much less in the second best. [0.02: 4 found, right] */
  alignedMargin: 0.12,
  /**
   * A quoted line between two that are found is the file's where it is as much like it.
   * [0.5: 1 wrong; 0.7: 1 found, right]
   */
  alignedLine: 0.6,
  /** A place that resembles the quotation as much is named in the refusal. */
  nearPlace: 0.4,
  /** A place with so much of the best one's equal lines is as good, whatever the rest is like. */
  alignedRival: 0.7,
  /** Lines beside a quotation that say so much, and stand in the new half too, are no chance. */
  contextWeight: 1,
  /** Lines that say less may well be meant twice in a row. [4.5: 1 found] */
  halfWeight: 3,
  /** Less than this is said in too many places to be sure of one. [24: 1 refused] */
  rewrappedCharacters: 12,
  /** So many letters are no chance where they stand again. */
  saidLetters: 8,
  /** Lines around a place in which its comments may stand. */
  commentReach: 8,
  /** From here on a quoted comment is one of the place in other words, */
  quotedComment: 0.4,
  /** and so many may be the model's own. [0.5: 9 refused] */
  inventedComments: 1,
  /** A line to change that is not the file's is as much like it, */
  slip: 0.8,
  /** and the lines that agree say so much. */
  slipAgreeing: 2,
  /** From here on a comment is that of the file in the same gap, in other words. */
  skippedComment: 0.5,
  /**
   * A line of the new half that is as much like one of the old is that line, changed.
   * [0.6: 1 other text]
   */
  quotedLineChanged: 0.4,
  /** Slips of the pen in a quotation that is believed, */
  trustedSlips: 3,
  /** lines of the file that it skips, [0.5: 7 refused, 1 other text] */
  trustedSkipped: 1,
  /** and what its exact lines say, */
  trustedWeight: 2.5,
  /** or say beside a line that the model made up. */
  trustedBesideInvention: 5,
  /** A line that says so much, [1: 1 refused] */
  tellingWeight: 2,
  /** and is in so few places, tells where it was quoted from. */
  tellingCopies: 3,
  /** A line so much like the one in its place is the same line of a sibling. [0.5: 1 found] */
  siblingLine: 0.4,

  // plan/
  /** So much of the file a quotation has that quotes all of it, */
  quotesFile: 0.9,
  /** and so much of the new text the file then has. [0.7: 1 other text] */
  keepsFile: 0.5,
  /** A file of fewer lines is soon quoted whole to change all of it. */
  linesOfWhole: 8,

  // text/
  /** No step of indentation is wider. */
  widestStep: 8,
  /** Columns of a tab. */
  tabWidth: 4,
  /**
   * So much alike is a line to what it has become; by chance two lines of one file are less so.
   * [0.3: 2 wrong, 2 refused, 2 found]
   */
  versionOfLine: 0.5,
  /** So many words of a line may be slips. */
  slipsOfLine: 2,
} as const;
