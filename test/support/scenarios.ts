import type { Api, ApiWire } from "./api-wires";
import type { chatRequest } from "./collect-chat";
import type { Reply, Step } from "./fake-wire";
import { pieces } from "./pieces";

/**
 * What the person sees at the end: texts that are absent are empty; a title is that of the one
 * message there is.
 */
export interface Seen {
  readonly thought?: string;
  readonly answer?: string;
  readonly end?: "stop" | "length";
  readonly title?: string;
  /** Part of a notice, and there is only that one. */
  readonly notice?: string;
}

export interface Scenario {
  readonly name: string;
  /** What the server does, by how many chats it had before. */
  readonly does: (wire: ApiWire, before: number) => readonly Step[] | Reply;
  readonly seen: Seen | { readonly [Each in Api]: Seen };
  readonly request?: Parameters<typeof chatRequest>[0];
  /** How many chats it takes; 1 unless said. */
  readonly chats?: number | { readonly [Each in Api]: number };
}

const long = { messages: [{ role: "user", content: "word ".repeat(6_000) } as const] };
const said = (title: string): Seen => ({ title });
const overflow = "request (9000 tokens) exceeds the available context size (4096 tokens)";
const page = (status: number, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { "content-type": "text/html", ...headers },
  steps: ["<html>secret</html>"],
});

export const scenarios: readonly Scenario[] = [
  {
    name: "1 an answer in pieces",
    does: (w) => [w.answer("a"), w.answer("b"), w.end()],
    seen: { answer: "ab" },
  },
  {
    name: "2 a thought, then an answer",
    does: (w) => [w.thought("t"), w.thought("u"), w.answer("a"), w.end()],
    seen: { thought: "tu", answer: "a" },
  },
  {
    name: "3 thought and answer in one piece",
    does: (w) => [w.both("t", "a"), w.end()],
    seen: { thought: "t", answer: "a" },
  },
  {
    name: "4 text in the last piece",
    does: (w) => [w.answer("a"), w.endWith("b")],
    seen: { answer: "ab" },
  },
  {
    name: "5 characters cut into bytes",
    does: (w) => [...pieces(Buffer.from(w.answer("schön 🦙 日本") + w.end()), 1)],
    seen: { answer: "schön 🦙 日本" },
  },
  {
    name: "6 several lines in one packet",
    does: (w) => [w.answer("a") + w.answer("b") + w.answer("c") + w.end()],
    seen: { answer: "abc" },
  },
  {
    name: "7 one line in many packets",
    does: (w) => [...w.answer("one line").split(/(?<=:)/), w.end()],
    seen: { answer: "one line" },
  },
  {
    name: "8 Windows line ends and blank lines",
    does: (w) => [
      `\r\n\n  \n${w.answer("a").replaceAll("\n", "\r\n")}`,
      w.end().replaceAll("\n", "\r\n"),
    ],
    seen: { answer: "a" },
  },
  {
    name: "9 escaped tags",
    does: (w) => {
      const line = w.answer("<think>x</think>y");
      if (!line.includes("\\u003c")) throw new Error("the tags are not escaped");
      return [line, w.end()];
    },
    seen: { thought: "x", answer: "y" },
  },
  {
    name: "10 a thought between tags",
    does: (w) => [w.answer("<think>x</think>y"), w.end()],
    seen: { thought: "x", answer: "y" },
  },
  {
    name: "11 tags spread over pieces",
    does: (w) => [...[..."<think>x</think>y"].map((letter) => w.answer(letter)), w.end()],
    seen: { thought: "x", answer: "y" },
  },
  {
    name: "12 a thought that was never opened",
    does: (w) => [w.answer("x</think>y"), w.end()],
    seen: { thought: "x", answer: "y" },
  },
  {
    name: "13 an empty thought",
    does: (w) => [w.answer("<think>\n\n</think>\n\nHi"), w.end()],
    seen: { answer: "Hi" },
  },
  {
    name: "14 a tag in the middle of the text",
    does: (w) => [w.answer("Hi "), w.answer("<think>"), w.end()],
    seen: { answer: "Hi <think>" },
  },
  {
    name: "15 the length runs out while the model thinks",
    does: (w) => [w.thought("t"), w.end("length")],
    seen: { thought: "t", end: "length" },
  },
  {
    name: "16 the length runs out in the answer",
    does: (w) => [w.answer("a"), w.end("length")],
    seen: { answer: "a", end: "length" },
  },
  {
    name: "17 an error in the middle",
    does: (w) => [w.answer("a"), w.error("it broke")],
    seen: { answer: "a", title: "The model broke off with an error" },
  },
  {
    name: "18 an error at once, with status 200",
    does: (w) => [w.error("it broke")],
    seen: said("The model broke off with an error"),
  },
  {
    name: "19 no such model",
    does: (w) => w.refusal(404, 'model "m" not found'),
    seen: said("m is not there"),
  },
  {
    name: "20 a model that refuses to think, asked once more without",
    does: (w, before) =>
      before === 0
        ? w.refusal(400, '"m" does not support thinking (chat_template_kwargs)')
        : [w.answer("a"), w.end()],
    seen: { answer: "a" },
    chats: 2,
  },
  {
    name: "21 a model without tools",
    does: (w) => w.refusal(400, "m does not support tools"),
    seen: {
      ollama: said("Ollama did not accept the request"),
      openai: said("team did not accept the request"),
    },
    // It may have been about a field that not every server knows.
    chats: { ollama: 1, openai: 2 },
  },
  {
    name: "22 a prompt that is too long",
    does: (w) => w.refusal(400, overflow),
    seen: said("The request is too long for the model"),
  },
  {
    name: "23 no memory",
    does: (w) => w.refusal(500, "model requires more system memory (9 GiB)"),
    seen: said("The model does not fit into memory"),
  },
  {
    name: "24 no room, tried again until there is",
    does: (w, before) => (before < 2 ? w.refusal(503, "server busy") : [w.answer("a"), w.end()]),
    seen: { answer: "a", notice: "trying again" },
    chats: 3,
  },
  {
    name: "24 no room, and none later",
    does: (w) => w.refusal(503, "server busy"),
    seen: {
      ollama: { title: "Ollama is busy", notice: "trying again" },
      openai: { title: "team is busy", notice: "trying again" },
    },
    chats: 3,
  },
  {
    name: "25 nobody is signed in",
    does: (w) => w.refusal(401, "unauthorized"),
    seen: { ollama: said("m needs you to sign in to Ollama"), openai: said("team wants a key") },
  },
  {
    name: "26 nobody is let in",
    does: () => ({ status: 403, steps: [] }),
    seen: {
      ollama: said("Ollama refused to talk to Thinkaloud"),
      openai: said("team refused to talk to Thinkaloud"),
    },
  },
  {
    name: "27 an end without a word about it",
    does: (w) => [w.answer("a")],
    seen: { answer: "a", title: "The answer broke off" },
  },
  {
    name: "28 a reset in the middle of a line",
    does: (w) => [
      w.answer("a"),
      w.answer("bcdefgh").slice(0, -9),
      { waitMs: 30 },
      { fault: "reset" },
    ],
    seen: { answer: "a", title: "The connection broke" },
  },
  {
    name: "34 lines that are none of the server's",
    does: (w) => [
      w.answer("a"),
      "null\n42\n[1]\n<html>secret</html>\n: ping\ndata: null\n{}\n",
      w.answer("b"),
      w.end(),
    ],
    seen: { answer: "ab" },
  },
  {
    name: "35 an end without counts",
    does: (w) => [w.answer("a"), w.end("stop", 0)],
    seen: { answer: "a" },
  },
  {
    name: "36 two megabytes in a line",
    does: (w) => [w.answer("x".repeat(2 * 1024 * 1024)), w.end()],
    seen: { answer: "x".repeat(2 * 1024 * 1024) },
    request: { contextTokens: 262_144 },
  },
  {
    name: "37 nothing but the call of a tool",
    does: (w) => [w.toolCall("read_file", "a.py"), w.end()],
    seen: { notice: "read_file" },
  },
  {
    name: "38 the same word 31 times, and no end",
    does: (w) => Array.from({ length: 31 }, () => w.answer("the")),
    seen: { answer: "the".repeat(31), title: "The model got stuck repeating itself" },
  },
  {
    name: "40 more after the end",
    does: (w) => [w.answer("a"), w.end() + w.answer("b") + w.error("late")],
    seen: { answer: "a" },
  },
  {
    name: "43 a thought although none was wanted",
    does: (w) => [w.thought("t"), w.answer("a"), w.end()],
    seen: { thought: "t", answer: "a" },
    request: { think: false },
  },
  {
    name: "44 a model that runs elsewhere, by its name",
    does: (w) => [w.answer("a"), w.end()],
    seen: said("m:120b-cloud does not run on your machine"),
    request: { model: "m:120b-cloud" },
    chats: 0,
  },
  {
    name: "45 less read than was sent",
    does: (w) => [w.answer("a"), w.end("stop", 2048)],
    seen: { answer: "a", notice: "2048 tokens" },
    request: { ...long, contextTokens: 8192 },
  },
  {
    name: "46 another program at the address",
    does: () => page(200),
    seen: {
      ollama: said("A web page answers in the place of Ollama"),
      openai: said("A web page answers in the place of team"),
    },
  },
  {
    name: "a proxy that wants a password",
    does: () => page(407),
    seen: said("A proxy wants a password"),
  },
  {
    name: "a server that wants a password",
    does: () => page(401, { "www-authenticate": "Basic" }),
    seen: {
      ollama: said("A user name and a password are wanted"),
      openai: said("team wants a user name and a password"),
    },
  },
  {
    name: "a proxy that forbids",
    does: () => page(405),
    seen: said("A proxy does not let the request through"),
  },
  {
    name: "a proxy of small requests",
    does: () => page(413),
    seen: said("The request is too large for a proxy"),
  },
  {
    name: "a proxy without patience",
    does: () => page(504),
    seen: said("A proxy gave up waiting for the model"),
  },
  {
    name: "a proxy with nobody behind it",
    does: () => page(502),
    seen: {
      ollama: said("A proxy answers, and Ollama behind it does not"),
      openai: said("A proxy answers, and team behind it does not"),
    },
  },
  {
    name: "a broken line",
    does: (w) => [w.answer("a"), w.answer("lost").replace("lost", "lo\nst"), w.end()],
    seen: { answer: "a", title: "A part of the answer arrived damaged" },
  },
];

/** What is seen of one API. */
export function seenOf({ seen }: Scenario, api: Api): Seen {
  return api in seen ? (seen as { readonly [Each in Api]: Seen })[api] : (seen as Seen);
}

/** What the server answers to a chat, by how many it had before. */
export function answerTo({ does }: Scenario, wire: ApiWire, before: number): Reply {
  const done = does(wire, before);
  const answer = "steps" in done ? done : { steps: done };
  return { ...answer, headers: { "content-type": wire.contentType, ...answer.headers } };
}
