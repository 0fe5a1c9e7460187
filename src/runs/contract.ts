import { isRecord } from "../base/guards";
import { count, plural, t } from "../base/l10n";
import { hiddenCharacters, visibleText } from "../base/visible-text";
import type { DroppedPiece, DropReason } from "../protocol/context";
import type { RequestOnWire, SentPiece, WireMessage } from "../protocol/run-events";
import type { RunState } from "./run-state";
import { wireOfOldLog } from "./wire-of-old-log";

/** A message as a server is sent it. */
export interface SentMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** Exactly what a request sends, with whom, and why: for the person, before and after. */
export interface Contract {
  readonly model: NonNullable<RunState["model"]>;
  readonly sent: NonNullable<RunState["sent"]>;
  /** All messages as the server gets them. */
  readonly messages: readonly WireMessage[];
  /** Which of them the pieces make up. */
  readonly promptAt: number;
  readonly wire: RequestOnWire;
  /** What the run's other requests sent as their last message. */
  readonly others: RunState["requests"];
  /** Nothing has been sent yet. */
  readonly isPreview: boolean;
}

/**
 * What a run sent; undefined for one that sent nothing, and in the logs of 0.1.0.
 * @param said what was said before it, where it is a follow-up.
 */
export function contractOf(
  { model, sent, requests }: RunState,
  said: readonly SentMessage[] = [],
  isPreview = false,
): Contract | undefined {
  if (model === undefined || sent?.prompt === undefined) return undefined;
  const isFollowUp = sent.pieces.some(({ from }) => from === undefined);
  // The oldest turns may have fallen where all did not fit.
  const talk = isFollowUp ? said.slice(-(sent.saidMessages ?? said.length)) : [];
  const wire = sent.settings?.wire ?? wireOfOldLog(model.name, sent);
  const { first = [], behind = "", last = [] } = wire;
  const before = [...first, ...talk.map(({ role, content }) => ({ role, content }))];
  const messages = [...before, { role: "user", content: sent.prompt + behind }, ...last];
  const at = requests.findIndex(({ text }) => text === sent.prompt);
  const others = requests.filter((_, index) => index !== at);
  return { model, sent, messages, promptAt: before.length, wire, others, isPreview };
}

/** As a page of Markdown. */
export function contractAsMarkdown(contract: Contract): string {
  const { model, sent, messages, promptAt, wire, others, isPreview } = contract;
  const hidden = messages.reduce((sum, { content }) => sum + hiddenCharacters(content), 0);
  const facts = [
    t("Model: {0} at {1}", model.name, model.endpoint),
    t("{0} of {1} tokens", count(sent.tokens), count(sent.contextTokens)),
    ...settingLines(wire),
    ...(sent.hiddenSecrets === undefined
      ? []
      : [
          plural(
            sent.hiddenSecrets,
            t("One secret is hidden."),
            t("{0} secrets are hidden.", count(sent.hiddenSecrets)),
          ),
        ]),
    ...(hidden === 0
      ? []
      : [t("Characters that cannot be seen, written here by their numbers: {0}", count(hidden))]),
  ];
  const leftOut = leftOutLines(sent);
  return [
    `# ${isPreview ? t("What would be sent") : t("What was sent")}`,
    facts.map((fact) => `- ${fact}`).join("\n"),
    `## ${t("Pieces")}`,
    sent.pieces.map(pieceLine).join("\n"),
    ...(leftOut.length === 0 ? [] : [`## ${t("Left out")}`, leftOut.join("\n")]),
    `## ${t("Word for word")}`,
    ...messages.slice(0, promptAt).map(messageBlock),
    ...sent.pieces.flatMap((piece) => pieceBlock(piece, sent.prompt ?? "")),
    ...(wire.behind === undefined ? [] : [block("user", wire.behind.trim())]),
    ...messages.slice(promptAt + 1).map(messageBlock),
    ...(others.length === 0 ? [] : [`## ${t("The run’s other requests")}`]),
    ...others.map(otherBlock),
  ].join("\n\n");
}

/** The messages alone, word for word. */
export function contractAsText({ messages, others }: Contract): string {
  return [
    ...messages.map((message) => `[${message.role}]\n${messageText(message)}`),
    ...others.map(({ text }) => `[user]\n${text}`),
  ].join("\n\n");
}

export function contractAsJson({ model, sent, messages, others }: Contract): string {
  const { prompt: _prompt, ...facts } = sent;
  return JSON.stringify(
    {
      ...{ model: model.name, endpoint: model.endpoint, ...facts, messages },
      ...(others.length > 0 && { others }),
    },
    null,
    2,
  );
}

/**
 * Linux starts no program with an argument of 128 KB, and a UTF-16 unit may take three bytes; what
 * is built into the shell takes it.
 */
const longestArgument = 40_000;

/**
 * A command that sends the same to the same server; without a key, which is nobody's but the
 * person's.
 */
export function contractAsCurl({ model, messages, wire }: Contract): string {
  const url = `${model.endpoint.replace(/\/+$/, "")}${wire.path}`.replaceAll("'", "%27");
  const json = JSON.stringify({ ...wire.fields, messages }).replaceAll("'", "'\\''");
  const curl = `curl '${url}' -H 'Content-Type: application/json'`;
  return json.length <= longestArgument
    ? `${curl} -d '${json}'\n`
    : `printf '%s' '${json}' | ${curl} --data-binary @-\n`;
}

/** Why a piece was not sent, within a sentence. */
export function dropWords(why: DropReason): string {
  switch (why) {
    case "room":
      return t("no room");
    case "person":
      return t("you crossed it out");
    case "ignored":
      return t("the project's rules say to leave it alone");
    case "late":
      return t("it came too late");
    case "missing":
      return t("it is not there, or no text");
    default:
      return why satisfies never;
  }
}

/** What did not go along, and why, as items of a list. */
export function leftOutLines({ leftOut, dropped = [] }: Contract["sent"]): readonly string[] {
  return [
    ...leftOut.map((label) => `- ${label}: ${t("no room")}`),
    ...dropped.map((piece) => `- ${droppedWords(piece)}`),
  ];
}

/** A piece that did not go along, its size and why. */
export function droppedWords({ title, path, tokens, why }: DroppedPiece): string {
  const where = path === undefined || path === title ? title : `${title} (${path})`;
  const size = tokens === undefined ? "" : `, ${t("{0} tokens", count(tokens))}`;
  return `${where}${size}: ${dropWords(why)}`;
}

/** The model is named already, and that the answer comes piece by piece is nobody's wish. */
function settingLines({ fields: { model: _, stream: __, ...fields } }: RequestOnWire): string[] {
  const words = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : `\`${name}: ${isRecord(value) ? JSON.stringify(value) : value}\``,
  );
  return words.length === 0 ? [] : [t("Settings: {0}", words.join(", "))];
}

function pieceLine({ label, tokens, path, reason }: SentPiece): string {
  const where = path === undefined || path === label ? label : `${label} (${path})`;
  return `- ${where}, ${t("{0} tokens", count(tokens))}${reason === undefined ? "" : `: ${reason}`}`;
}

function pieceBlock(piece: SentPiece, prompt: string): readonly string[] {
  const { from, to, label } = piece;
  return from === undefined || to === undefined ? [] : [block(label, prompt.slice(from, to))];
}

function otherBlock({ text, lines }: Contract["others"][number]): string {
  const title =
    lines === true
      ? t("For each line of this code, what stands in front of it and up to twelve lines behind it")
      : t("Asked again");
  return block(title, text);
}

function messageBlock(message: WireMessage): string {
  return block(message.role, messageText(message));
}

/** The fields beside its text too: a thought that is given is one. */
function messageText({ role: _, content, ...fields }: WireMessage): string {
  const others = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return [...others, content].join("\n");
}

function block(title: string, text: string): string {
  const longest = Math.max(3, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  return `### ${title}\n\n${fence}text\n${visibleText(text)}\n${fence}`;
}
