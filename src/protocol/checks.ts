/**
 * Who says whether an edit is right: the code's own documented examples, its tests, or what the
 * editor itself finds wrong. A problem that is not named is one that is not there. `behaviour` says
 * only what the code does with arguments like those of its examples: its cases are calls, `passed`
 * with a result and `failed` without one, and an edit makes them the same or others, neither good
 * nor bad.
 */
export type CheckKind = "examples" | "tests" | "problems" | "behaviour";

/**
 * `broken`: it could not be told, because something else than the code in question stood in the
 * way.
 */
export type CaseState = "passed" | "failed" | "broken";

/** In the order of a run. `loading`: or somewhere else before a test was told of. */
export type FailedAt = "compiling" | "loading";

/** One thing that was tried: an example's call, or a test. */
export interface CheckCase {
  /** The call, or the test's name; no two cases of a check have the same. */
  readonly name: string;
  readonly state: CaseState;
  readonly expected?: string;
  /** What came instead, or why it could not be told. */
  readonly got?: string;
  /** Where a problem stands: `shop.go:14`. */
  readonly at?: string;
  /**
   * The way to the failure, line by line as its runner prints it; absent where `got` says it all.
   */
  readonly frames?: string;
  /**
   * Set where it is about other code than the request: it must not get worse, and need not get
   * better.
   */
  readonly beside?: true;
  /** Set where it stands in the place of tests, which it came to none of: where it ended. */
  readonly failedAt?: FailedAt;
  /** Set where it passes only as the edit leaves the test: then it tells nothing of the code. */
  readonly ownTest?: true;
}

/** What one run of a check said. */
export interface CheckSaid {
  readonly cases: readonly CheckCase[];
  /** What was printed: plain text, its middle left out where it is long. */
  readonly output: string;
  readonly tookMs: number;
  /** Why the whole check could tell nothing, as a sentence. */
  readonly broken?: string;
  /** The file itself could not be loaded: `broken` says why. */
  readonly unloaded?: true;
}

/** A check without its results. `id` tells it from the others of its run. */
export interface CheckName {
  readonly id: string;
  readonly kind: CheckKind;
  /** What is run, for the person: "the examples in bits.py", "python -m pytest test_bits.py". */
  readonly label: string;
}

/**
 * A check with what it said of the code as it is, and of the code as proposed; absent: it was not
 * run there.
 */
export interface Check extends CheckName {
  readonly before?: CheckSaid;
  readonly after?: CheckSaid;
}
