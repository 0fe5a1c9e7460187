import { t } from "../../../base/l10n";
import { linesOf } from "../../../base/text/lines";
import { isEmptyRange, lastLineOf } from "../../../base/text/positions";
import type { CheckCase } from "../../../protocol/checks";
import type { ContextPiece } from "../../../protocol/context";
import type { Position, Range, Target } from "../../../protocol/document";
import type { FileProposal } from "../../../protocol/proposal";
import type { RunEvent } from "../../../protocol/run-events";
import { compareCheck } from "../../../runs/compare-checks";
import type { ContextFindings } from "../../context/context-source";
import { withoutDoubles } from "../../context/gather";
import { propose } from "../asking/answer-request";
import type { Asking } from "../asking/ask-model";
import type { Course } from "../attempts/attempt";
import { attempts, judgesOf } from "../attempts/attempts";
import { Tries, usefulLimit } from "../attempts/tries";
import { bestOf, type Candidate } from "../edits/judges";
import type { Ending } from "../ending";
import { type KnownGround, knownGround } from "../ground";
import type { RunEnvironment, RunRequest } from "../run-request";
import { attemptEvent } from "../telling";
import { CheckDesk } from "./check-desk";
import { defaultGreenLimits, type GreenLimits } from "./checker";

/** More places than these are guesses. */
const mostPlaces = 8;
const mostPieceLines = 70;
const testsChanged = "Nothing fails any more; but the change is one of tests as well: look at it.";

/**
 * Asks in rounds until all that fails passes. A round asks about one place, as often as its tries
 * allow; what makes fewer fail and nothing worse is kept, and the next round goes on from there, at
 * the place that its failures lead to. What came of all rounds is one proposal, over as many files
 * as it took. Throws what the model port throws.
 */
export async function* fixUntilGreen(
  request: RunRequest,
  asking: Asking,
  environment: RunEnvironment,
): AsyncGenerator<RunEvent, Ending, void> {
  const { checkers = [], log } = environment;
  const { stopped } = asking.interventions;
  const desk = new CheckDesk(checkers, { target: request.target }, stopped, log);
  try {
    yield { kind: "phase", at: Date.now(), phase: "checking" };
    yield* desk.whileSettling();
    if (!desk.canTell)
      return { outcome: "answered", detail: "Nothing could be run that tells what fails." };
    if (desk.failing.length === 0)
      return { outcome: "answered", detail: `Nothing fails: ${desk.told} of ${desk.told} pass.` };
    const limits = environment.greenLimits?.() ?? defaultGreenLimits;
    return yield* new Rounds({ request, asking, environment, desk, limits }).all();
  } finally {
    await desk.close();
  }
}

interface RoundsParts {
  readonly request: RunRequest;
  readonly asking: Asking;
  readonly environment: RunEnvironment;
  readonly desk: CheckDesk;
  readonly limits: GreenLimits;
}

/** A place to ask about, and how often it was asked about since the code last changed. */
interface Place {
  readonly target: Target;
  readonly ground: KnownGround;
  readonly key: string;
}

class Rounds {
  readonly #parts: RoundsParts;
  readonly #began = performance.now();
  /** What fails now. */
  #failing: readonly CheckCase[];
  #kept: Candidate | undefined;
  #tried = 0;
  /** By place: how often the model was asked about it as the code is now. */
  readonly #asked = new Map<string, number>();

  constructor(parts: RoundsParts) {
    this.#parts = parts;
    this.#failing = parts.desk.failing;
  }

  async *all(): AsyncGenerator<RunEvent, Ending, void> {
    const { desk, limits, asking } = this.#parts;
    for (let number = 1; number <= limits.rounds; number++) {
      const seconds = limits.seconds - (performance.now() - this.#began) / 1_000;
      if (number > 1 && (seconds <= 0 || asking.interventions.isEnough)) break;
      const places = await this.#places(number);
      const place = this.#leastAsked(places);
      const words = `Round ${number} of ${limits.rounds}: ${this.#failing.length} of ${desk.told} fail.`;
      const asked = this.#asked.get(place.key) ?? 0;
      if (number === 1) yield { kind: "notice", text: words };
      else if (asked === 0) yield attemptEvent(words);
      const forRound = { seconds, tries: limits.tries };
      const tries = new Tries(usefulLimit(asking), forRound, words, performance.now());
      const course = await this.#courseAt(place, places, asked);
      const found = yield* attempts(course, desk, tries, judgesOf(course, desk));
      this.#tried += tries.candidates.length;
      if (found.kind === "ending") return found.ending;
      if (found.kind === "right") return yield* this.#green(found.candidate, number);
      this.#asked.set(place.key, asked + limits.tries);
      this.#keep(tries.candidates);
    }
    return yield* this.#notGreen();
  }

  async *#green(candidate: Candidate, rounds: number): AsyncGenerator<RunEvent, Ending, void> {
    const { outcome } = yield* propose(candidate);
    // Who takes what is there takes it unchecked.
    if (candidate.proposal.checks === undefined) return { outcome };
    if (candidate.changesTests) return { outcome, detail: testsChanged };
    return { outcome, detail: `All that failed passes now, in round ${rounds}.` };
  }

  async *#notGreen(): AsyncGenerator<RunEvent, Ending, void> {
    const [first] = this.#failing;
    const still = `Still ${this.#failing.length} of ${this.#parts.desk.told} failing: \`${first?.name}\`.`;
    if (this.#kept === undefined)
      return {
        outcome: "answered",
        detail: `${still} Changes that were tried: ${this.#tried}; with none of them fewer fail.`,
      };
    const { outcome } = yield* propose(this.#kept);
    return { outcome, detail: `${still} Changes that were tried: ${this.#tried}.` };
  }

  /** Goes on from the best of a round, if fewer fail with it. */
  #keep(candidates: readonly Candidate[]): void {
    const best = bestOf(candidates.filter((each) => this.#isBetter(each)));
    if (best === undefined) return;
    this.#kept = best;
    this.#failing = best.failing;
    this.#asked.clear();
  }

  /**
   * Something that fails does no more, and nothing that passes now fails. Names may be new: what
   * could not be loaded has some then.
   */
  #isBetter({ refusedBy, failing, isWorse, changesTests }: Candidate): boolean {
    if (refusedBy !== "checks" || isWorse || changesTests) return false;
    const names = new Set(failing.map(({ name }) => name));
    const checks = this.#kept?.proposal.checks ?? [];
    const passing = checks.flatMap((check) => compareCheck(check).passing);
    return (
      this.#failing.some(({ name }) => !names.has(name)) &&
      !passing.some(({ name }) => names.has(name))
    );
  }

  get #made(): readonly FileProposal[] {
    return this.#kept?.proposal.files ?? [];
  }

  async #courseAt(place: Place, places: readonly Place[], asked: number): Promise<Course> {
    const { request, asking, environment } = this.#parts;
    const { target, ground } = place;
    const others = places.map((each) => each.target).filter(({ uri }) => uri !== target.uri);
    const found = await this.#fixed(ground.found);
    const pieces = withoutDoubles([...others.flatMap(pieceOf), ...found.pieces]);
    return {
      request: { ...request, target },
      asking,
      syntax: ground.syntax,
      found: { ...found, pieces },
      environment,
      testPath: undefined,
      rounds: { repairs: 0 },
      failedForms: [],
      round: { made: this.#made, failing: this.#failing, asked },
    };
  }

  /**
   * What judges is not to be changed; and of a file that an earlier round changed only the newest
   * text would do.
   */
  async #fixed(found: ContextFindings): Promise<ContextFindings> {
    const pieces: ContextPiece[] = [];
    for (const piece of found.pieces) {
      const { file, text } = piece;
      const made = this.#made.find(({ uri }) => uri === file?.uri);
      if (made !== undefined && !made.proposed.includes(text)) continue;
      const isTest = file !== undefined && (await this.#parts.desk.isTest(file.uri));
      pieces.push(isTest || made !== undefined ? { ...piece, editable: false } : piece);
    }
    return { ...found, pieces };
  }

  /** The likeliest place of those that were asked about least. */
  #leastAsked(places: readonly Place[]): Place {
    const counts = places.map(({ key }) => this.#asked.get(key) ?? 0);
    return places[counts.indexOf(Math.min(...counts))] as Place;
  }

  /** What the failures lead to, at least the file that the person named. */
  async #places(round: number): Promise<readonly Place[]> {
    const { request, desk, environment } = this.#parts;
    const { target } = request;
    const suspects = (await desk.suspects(this.#failing, this.#made)).slice(0, mostPlaces);
    const targets: Target[] = [];
    // What the person named comes first, as long as nothing is known to be wrong elsewhere alone.
    if (!(await desk.isTest(target.uri)) && (round === 1 || isPointed(target))) {
      const own = suspects.find(({ uri, line }) => uri === target.uri && line !== undefined);
      targets.push(isPointed(target) || own?.line === undefined ? target : at(target, own.line));
    }
    for (const { uri, line } of suspects) {
      const other =
        uri === target.uri
          ? at(target, line ?? target.range.start.line)
          : await environment.takeFile?.(uri, line).catch(() => undefined);
      if (other !== undefined) targets.push(other);
    }
    if (targets.length === 0) targets.push(target);
    const places = await Promise.all(targets.map((each) => this.#placeOf(this.#asMade(each))));
    return places.filter(
      ({ key }, index) => places.findIndex((each) => each.key === key) === index,
    );
  }

  async #placeOf(target: Target): Promise<Place> {
    const { request, environment, asking } = this.#parts;
    const { stopped } = asking.interventions;
    const { ground } = await knownGround({ ...request, target }, environment, stopped);
    const { name, range } = ground.syntax?.enclosing ?? {};
    const where = name === undefined ? "" : `${name} ${range?.start.line}`;
    return { target, ground, key: JSON.stringify([target.uri, where]) };
  }

  /** The file as earlier rounds left it. */
  #asMade(target: Target): Target {
    const made = this.#made.find(({ uri }) => uri === target.uri);
    if (made === undefined) return target;
    // No document of the editor has this text.
    return { ...at({ ...target, text: made.proposed }, target.range.start.line), version: -1 };
  }
}

/** A small file that failures lead to as well, for the model to see and to change. */
function pieceOf({ uri, path, languageId, version, text }: Target): ContextPiece[] {
  const lines = linesOf(text).length;
  if (lines > mostPieceLines) return [];
  return [
    {
      id: `suspect:${uri}`,
      kind: "file",
      title: path,
      path,
      range: { start: { line: 0, character: 0 }, end: { line: lines, character: 0 } },
      languageId,
      text,
      source: "search",
      reason: t("A failing test leads there."),
      value: 0.9,
      editable: true,
      file: { uri, path, languageId, version, text },
    },
  ];
}

/** Whether the person named a place in the file, and not the file alone. */
function isPointed({ text, range }: Target): boolean {
  if (isEmptyRange(range)) return range.start.line > 0;
  return range.start.line > 0 || lastLineOf(range) < linesOf(text).length - 1;
}

function at(target: Target, line: number): Target {
  const last = linesOf(target.text).length - 1;
  const start: Position = { line: Math.min(line, last), character: 0 };
  const range: Range = { start, end: start };
  return { ...target, range, diagnostics: [] };
}
