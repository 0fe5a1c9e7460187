import { isCount, isRecord } from "../../base/guards";
import { placeReadings } from "../../base/text/place-names";

/** How what was sent is copied. */
export const copyForms = ["text", "json", "curl"] as const;
export type CopyForm = (typeof copyForms)[number];

const setupActions = [
  "useBuiltIn",
  "startDaemon",
  "lookAgain",
  "chooseModel",
  "enterCredentials",
  "openSettings",
  "cancel",
] as const;

const maxAskCharacters = 100_000;
const maxQueryCharacters = 1_000;
/** Names that are asked about in one message at most. */
export const mostPlaceNames = 100;

/** Reads a field of a message; undefined where it is not what it has to be. */
type Field<Value> = (value: unknown) => Value | undefined;

const id: Field<string> = (value) => filled(value, 200);
const maybeId: Field<string> = (value) => (value === "" ? "" : id(value));
const query: Field<string> = (value) => filled(value, maxQueryCharacters);
const pieceId = query;
const question: Field<string> = (value) => filled(value, maxAskCharacters);
const answer: Field<string> = (value) => filled(value, 10 * maxAskCharacters);
const maybeQuery: Field<string> = (value) => (value === "" ? "" : query(value));
const maybeQuestion: Field<string> = (value) => (value === "" ? "" : question(value));
const index: Field<number> = (value) => (isCount(value) ? value : undefined);
const flag: Field<boolean> = (value) => (typeof value === "boolean" ? value : undefined);
const address: Field<string> = (value) => {
  const href = filled(value, 2_000);
  return href?.startsWith("https://") ? href : undefined;
};
const uris: Field<readonly string[]> = (value) => listOf(value, 20, maybeQuery);
const placeName: Field<string> = (value) =>
  typeof value === "string" && placeReadings(value).length > 0 ? value : undefined;
const placeNames: Field<readonly string[]> = (value) => listOf(value, mostPlaceNames, placeName);
const copyForm: Field<CopyForm> = (value) => copyForms.find((form) => form === value);
const setupAction: Field<(typeof setupActions)[number]> = (value) =>
  setupActions.find((action) => action === value);

const ofRun = { runId: id };
const ofProposal = { proposalId: id };
const ofBlock = { proposalId: id, fileIndex: index, block: index };
const ofEdit = { editId: id };

/**
 * What the view may say, with the fields of each message. Ids name things that the host holds; the
 * view never sends code, paths or commands.
 */
const messages = {
  ready: {},
  /** What the editor asks is to be seen. */
  showQuestion: {},
  ask: { text: question },
  /** The person looks at what would go along with this text. */
  context: { text: maybeQuestion },
  /** Nobody looks at it any more. */
  contextHidden: {},
  /** The person begins to type a question, behind a run or in other words than that run's. */
  beginQuestion: { runId: maybeId, rephrases: flag },
  crossPiece: { pieceId },
  pinPiece: { pieceId },
  /** What a question with this text would send; behind a run, or as that run's in other words. */
  previewSent: { text: maybeQuestion, runId: maybeId, rephrases: flag },
  openSent: ofRun,
  copySent: { runId: id, form: copyForm },
  /** `@wor`: what it may become. */
  complete: { query },
  /** Addresses of what was dropped on the question box. */
  dropFiles: { uris },
  /** A question with all that was said in a run before it. */
  followUp: { runId: id, text: question },
  /** A run's question in other words. */
  rephrase: { runId: id, text: question },
  testsFor: ofRun,
  differently: ofRun,
  /** Asks about one step of a thought, which is the part of the run with that index. */
  explainStep: { runId: id, part: index, step: index },
  stop: ofRun,
  takeNow: ofRun,
  answerNow: ofRun,
  thinkLonger: ofRun,
  /** A run that is over is asked for again, thinking on from its thought. */
  thinkAgain: ofRun,
  /** A text that seems to go round in circles goes on. */
  letGoOn: ofRun,
  /** `anew`: the answer has begun, and begins anew with the hint. */
  hint: { runId: id, text: question, anew: flag },
  /** The answer begins anew with the hints that wait. */
  beginAnew: ofRun,
  accept: ofProposal,
  reject: ofProposal,
  openDiff: ofProposal,
  reviewAll: ofProposal,
  takeTried: ofProposal,
  /** Takes an accepted proposal out of its files again. */
  undo: ofProposal,
  /** Asks for a fix of the problems that an accepted proposal brought. */
  fixNew: ofProposal,
  /** Offers words for a commit of an accepted proposal. */
  commitMessage: ofProposal,
  acceptHunk: ofBlock,
  rejectHunk: ofBlock,
  placeHere: ofEdit,
  showPlace: ofEdit,
  askAgain: ofEdit,
  revealTarget: ofRun,
  /** The button of a run's failure; `otherwise`: the one beside it. */
  remedy: { runId: id, otherwise: flag },
  /** An empty query: the newest runs. `most` of them are told. */
  searchHistory: { query: maybeQuery, most: index },
  openRun: ofRun,
  pinRun: ofRun,
  unpinRun: ofRun,
  exportRun: ofRun,
  deleteRun: ofRun,
  exportAllRuns: {},
  deleteAllRuns: {},
  openLink: { href: address },
  /** Which of these names in a run's texts lead to a place in the project? */
  findPlaces: { runId: id, names: placeNames },
  openPlace: { runId: id, name: placeName },
  copy: { text: answer },
  setup: { action: setupAction },
};

type Messages = typeof messages;
type Fields<Shape> = {
  readonly [Key in keyof Shape]: Shape[Key] extends Field<infer Value> ? Value : never;
};

/** View to host. */
export type FromPanel = {
  [Kind in keyof Messages]: { readonly kind: Kind } & Fields<Messages[Kind]>;
}[keyof Messages];

/**
 * Reads a message from the view, which is untrusted: anything that is not exactly one of
 * {@link FromPanel} gives undefined.
 */
export function parseFromPanel(value: unknown): FromPanel | undefined {
  if (!isRecord(value)) return undefined;
  const { kind } = value;
  if (typeof kind !== "string" || !Object.hasOwn(messages, kind)) return undefined;
  const message: Record<string, unknown> = { kind };
  const fields: Readonly<Record<string, Field<unknown>>> = messages[kind as keyof Messages];
  for (const [name, read] of Object.entries(fields)) {
    const field = read(value[name]);
    if (field === undefined) return undefined;
    message[name] = field;
  }
  return message as FromPanel;
}

function filled(value: unknown, maxCharacters: number): string | undefined {
  return typeof value === "string" && value.length > 0 && value.length <= maxCharacters
    ? value
    : undefined;
}

function listOf<Value>(
  value: unknown,
  most: number,
  read: Field<Value>,
): readonly Value[] | undefined {
  if (!Array.isArray(value) || value.length > most) return undefined;
  const items = value.map(read).filter((each) => each !== undefined);
  return items.length === value.length ? items : undefined;
}
