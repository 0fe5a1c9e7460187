import { shortened } from "../../../base/text/shortened";
import type { CheckCase } from "../../../protocol/checks";
import type { Action } from "../../../protocol/run-events";
import type { AnswerForm } from "../answer-form";
import { fenced } from "./fence";

/**
 * A diagnostic with the code it stands on: a model that was shown no line numbers cannot count
 * lines.
 */
export interface ReportedProblem {
  readonly code: string;
  readonly message: string;
}

/** What the task's wording depends on. */
export interface TaskFacts {
  readonly action: Action;
  readonly form: AnswerForm;
  /** The declaration in question, "the function `bitcount`", or the file. */
  readonly subject: string;
  readonly path: string;
  readonly fence: string;
  readonly problems: readonly ReportedProblem[];
  /** The person's own words. */
  readonly question?: string;
  /** What the person selected, where that is something smaller than the subject. */
  readonly selection?: string;
  /** Code of other files is shown that may be changed. */
  readonly mayChangeOthers?: boolean;
  /** Name of the test file that `writeTests` fills. */
  readonly testPath?: string;
  /** 1 for the first time of asking. */
  readonly attempt: number;
  /**
   * One declaration is written out, and something is there that tells a right answer from a wrong
   * one.
   */
  readonly mayWriteAnew?: boolean;
  /** English name of the language that the person reads, where it is another than English. */
  readonly answerLanguage?: string;
  /** What was run and should pass. */
  readonly failing?: readonly CheckCase[];
  /** Each failure is told with the way to it. */
  readonly withFrames?: boolean;
  /** A change that was made before and would not do. */
  readonly tried?: TriedChange;
}

/** A change that a check said no to. */
export interface TriedChange {
  /** The lines taken out and put in, with `-` and `+` in front. */
  readonly lines: readonly string[];
  readonly failing: readonly CheckCase[];
}

/** The first bytes of every prompt: they never change, so that a daemon keeps them read. */
export const preamble = "You are a careful programmer. Here is code from a project.";

const problemLimit = 5;
const caseLimit = 5;
const framedCases = 3;
const caseCharacters = 240;
const triedLines = 60;

/**
 * The end of the prompt: what to do and in what form to answer. It comes last because it changes
 * most.
 */
export function taskText(facts: TaskFacts): string {
  return [
    whatToDo(facts),
    ...problems(facts),
    ...failures(facts),
    ...wish(facts),
    howToAnswer(facts),
    ...inWhichLanguage(facts),
  ].join("\n\n");
}

function whatToDo(facts: TaskFacts): string {
  const { subject } = facts;
  const where = facts.selection === undefined ? "" : ` Look at ${facts.selection} above all.`;
  switch (facts.action) {
    case "explain":
      return `Explain ${subject}: what it does, how, and what may surprise a reader. Be brief and concrete.${where}`;
    case "fix":
      return fixTask(facts) + where;
    case "improve":
      return `Improve ${subject}: make it clearer, simpler or faster without changing what it does.${where}`;
    case "document":
      return `Write the documentation of ${subject}: a doc comment in the language's usual form with what it does, its parameters, its result and its errors. Change nothing else.${where}`;
    case "writeTests":
      return `Write tests for ${subject}: the normal cases, the edge cases and the errors, with the test framework that this language usually comes with. The tests go into the file ${facts.testPath ?? "of tests"}, beside the code.${where}`;
    case "ask":
      return `Answer the question about ${subject}.${where}`;
    default:
      return facts.action satisfies never;
  }
}

/** In how many ways a fix may be asked for. */
type FixWording = "find" | "checkLines" | "writeAnew";

/**
 * How a fix is asked for, by the number of the attempt; the last is for all that follow. Each is a
 * different approach, not an argument: told that its answer changed nothing, a small model gives
 * up; asked afresh, it often finds the bug. What it does not find it may still know how to write.
 */
const fixWordings: readonly FixWording[] = ["find", "checkLines", "writeAnew"];

/** Whether a later attempt will be worded in another way. */
export function hasOtherWording(attempt: number): boolean {
  return attempt < fixWordings.length;
}

/** Undefined where the task is another one. */
function fixWording({
  action,
  problems,
  attempt,
  mayWriteAnew,
}: TaskFacts): FixWording | undefined {
  if (action !== "fix" || problems.length > 0) return undefined;
  const wording = fixWordings[Math.min(attempt, fixWordings.length) - 1];
  return wording === "writeAnew" && !mayWriteAnew ? "checkLines" : wording;
}

function fixTask(facts: TaskFacts): string {
  // A bug is often where the code that is asked about only leads to.
  const others = facts.mayChangeOthers ? " or in code of another file above" : "";
  const { subject } = facts;
  const wording = fixWording(facts);
  switch (wording) {
    case undefined:
      return `Fix the problem in ${subject}.`;
    case "find":
      return `There is a bug in ${subject}${others}. Find it and fix it.`;
    case "checkLines":
      return `One line of ${subject}${others} is wrong: it does not do what its name and description say. Check every line against them, find the wrong line and correct it.`;
    case "writeAnew":
      return `There is a bug somewhere in ${subject}. Write it anew from its name and documentation, without keeping to the lines that are there. Keep its name, its parameters and its documentation.`;
    default:
      return wording satisfies never;
  }
}

function problems(facts: TaskFacts): string[] {
  if (facts.problems.length === 0) return [];
  const lines = facts.problems
    .slice(0, problemLimit)
    .map((problem) => `- at \`${problem.code}\`: ${problem.message}`);
  return [`Reported:\n${lines.join("\n")}`];
}

/** What running the code showed; with a change that was tried, what running that showed. */
function failures({ failing = [], withFrames = false, tried }: TaskFacts): string[] {
  const told = withFrames ? casesWithFrames(failing) : cases(failing);
  const before = failing.length === 0 ? [] : [`It was run, and fails here:\n${told}`];
  if (tried === undefined) return before;
  const lines = tried.lines.slice(0, triedLines).join("\n");
  const after = `This change was tried and is not right:\n${fenced("diff", lines)}\nWith it, this fails:\n${cases(tried.failing)}\nThink of another cause.`;
  return [...before, after];
}

/** `- \`count_ones(127)\`: expected \`7\`, got \`1\`` */
function cases(failing: readonly CheckCase[]): string {
  return failing
    .slice(0, caseLimit)
    .map(({ name, expected, got, at }) => {
      const said = [
        ...(at === undefined ? [] : [`at ${quoted(at)}`]),
        ...(expected === undefined ? [] : [`expected ${quoted(expected)}`]),
        ...(got === undefined ? [] : [`got ${quoted(got)}`]),
      ].join(", ");
      return `- ${quoted(name)}${said === "" ? "" : `: ${said}`}`;
    })
    .join("\n");
}

/** The frames of the first failures, as their runner prints them; of the others what came. */
function casesWithFrames(failing: readonly CheckCase[]): string {
  const framed = failing.slice(0, framedCases).map((each) => {
    const way = each.frames ?? (each.got?.includes("\n") ? each.got : undefined);
    return way === undefined ? cases([each]) : `- ${quoted(each.name)}:\n${fenced("text", way)}`;
  });
  const rest = failing.slice(framedCases);
  return [...framed, ...(rest.length === 0 ? [] : [cases(rest)])].join("\n");
}

function quoted(text: string): string {
  const line = text
    .trim()
    .replace(/\s*\n\s*/g, " ⏎ ")
    .replaceAll("`", "'");
  return `\`${shortened(line, caseCharacters)}\``;
}

function wish({ action, question = "" }: TaskFacts): string[] {
  const words = question.trim();
  if (words === "") return [];
  if (action === "ask") return [`Question: ${words}`];
  return [action === "fix" ? `What its user says: ${words}` : `Also: ${words}`];
}

function howToAnswer(facts: TaskFacts): string {
  switch (facts.form) {
    case "text":
      return "Answer in Markdown.";
    case "rewrite":
      return `Answer with ${facts.subject}, ${inOneBlock(facts)}.${insteadOfIt(facts)} Then say in one sentence what you changed.`;
    case "newFile":
      return `Answer with the whole test file in one \`\`\`${facts.fence} code block.`;
    case "blocks":
      return inBlocks(facts);
    default:
      return facts.form satisfies never;
  }
}

/**
 * A real change, since words in the place of lines are given back as they stand: of eight such
 * requests coder-1.5b answered six with "lines to replace".
 */
const exampleBlock = `example.txt
<<<<<<< SEARCH
size = 10
=======
size = 20
>>>>>>> REPLACE`;

/**
 * "Give each change as a block" alone makes a small model write all of the code out again; and
 * asked "What does it do?", it gives a block where it is not told to answer in words.
 */
function inBlocks({ action, path, mayChangeOthers }: TaskFacts): string {
  const other = mayChangeOthers ? ", or the path of any file shown above," : "";
  const isAsked = action === "ask";
  const each = isAsked
    ? "Answer in words. Only if the question asks for a change of the code, give each change"
    : "Give each change";
  const end = isAsked ? "" : " Then say in one sentence what you changed.";
  return `${each} as a SEARCH/REPLACE block, with the lines copied exactly from the code above, like this one of another file:\n\n${exampleBlock}\n\nWrite the path ${path}${other} above each block.${end}`;
}

function inOneBlock(facts: TaskFacts): string {
  const block = `in one \`\`\`${facts.fence} code block, complete`;
  if (fixWording(facts) === "writeAnew") return `written anew, ${block}`;
  return `${participle(facts.action)}, ${block}, with everything else in it kept as it is`;
}

function insteadOfIt({ action, mayChangeOthers }: TaskFacts): string {
  return action === "fix" && mayChangeOthers
    ? " If the mistake is in code of another file above, answer with that code instead, complete, below a line with its file's path."
    : "";
}

/**
 * Comments are code here: which language those are in is the project's choice, not the reader's.
 */
function inWhichLanguage({ answerLanguage }: TaskFacts): string[] {
  if (answerLanguage === undefined) return [];
  return [
    `Write your explanations in ${answerLanguage}. Keep the code, its names and its comments in the language that they have.`,
  ];
}

function participle(action: Action): string {
  switch (action) {
    case "fix":
      return "corrected";
    case "improve":
      return "improved";
    case "document":
      return "documented";
    default:
      return "changed";
  }
}
