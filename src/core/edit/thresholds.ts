/**
 * Every figure on which a decision of the engine hangs, each for all rules that ask the same: half
 * of some lines for every rule that wants the better part. Another one for one rule alone has to
 * show a case that falls without it. In brackets what recorded outcomes became with another figure.
 */
export const thresholds = {
  // How much of some lines, or of what they say, is meant by all of them
  /** The better part of the one is the other's. */
  half: 0.5,
  /** Hardly anything is another. */
  nearly: 0.75,
  /** The second best is so much less. */
  margin: 0.15,

  // How much two lines are alike, by their letters
  /** A line and what it has become. [0.3: 2 wrong] */
  alike: 0.5,
  /** A line, or a function, and that of the file in its place. [0.5: 1 wrong, 2 harmed] */
  same: 0.6,
  /** Lines where what stands beside them tells the place, too. [0.3: 2 wrong; 0.5: 2 wrong] */
  akin: 0.4,

  // How much lines say: `lineWeight`
  /** A line of no more ends a block, or is a word that many lines are. */
  word: 0.5,
  /** A line that says something. */
  says: 1,
  /** A line that tells where it stands, or that is no chance where it stands twice. */
  telling: 1.5,
  /** A line that was quoted from where it stands. [1.5: 1 refused] */
  origin: 2,
  /** Lines that are sure of their place together. */
  sure: 2.5,

  // How many
  /** Slips, copies, lines that are gone without a word. */
  pair: 2,
  /** Lines of next to nothing. */
  few: 3,
  /** Letters, lines or columns that are more than a few. */
  some: 8,

  // Alignment of a quotation, and of code without one
  /** What a line of the file that is skipped costs. */
  skipCost: 0.3,
  /** Of the weight of a quotation, so much is found in its place. [0.82: 4 refused] */
  aligned: 0.72,
  /** Lines that stand one for one for others are as much alike together. [0.72: 4 refused] */
  akinLines: 0.62,
  /** A stretch that differs by so little more is as good: a factor, */
  rivalFactor: 1.25,
  /** and the weight of half a line. */
  rivalWeight: 0.75,
  /** A class or a block of which less is left is no version of it. */
  covered: 0.4,
  /** Characters of words without dots that stand for left-out code. */
  elisionWords: 60,
  /** Columns of a tab. */
  tabWidth: 4,
} as const;
