import { parsedObject } from "../../base/guards";
import type { Failure } from "../../protocol/failure";
import { FailureError } from "../failure-error";
import {
  failureOfErrorField,
  failureOfNetworkError,
  notADaemon,
  type RequestSubject,
} from "./daemon-failure";

/** A line may hold this many characters. */
const maxLineCharacters = 32 * 1024 * 1024;

/** How a stream of objects ends. */
export interface StreamEnding {
  /** Whether this object ends the stream as it should. */
  readonly isLast: (line: Record<string, unknown>) => boolean;
  /** What to say of a stream that ends without its last object. */
  readonly endedEarly: () => FailureError;
}

export interface ObjectStreamOptions extends StreamEnding {
  readonly subject: RequestSubject;
  /**
   * When it is aborted the stream fails with its reason, whatever the broken connection looks like.
   */
  readonly signal: AbortSignal;
  readonly contentType: string;
  /**
   * `lines`: an object a line, as Ollama writes. `events`: server-sent events, whose data is an
   * object or `[DONE]`, as everyone else does; an event's data is in one line.
   */
  readonly framing: "lines" | "events";
  /** What an `error` in the stream means. Absent: what Ollama would mean by it. */
  readonly failureOf?: (error: unknown, subject: RequestSubject) => Failure;
  /**
   * Called whenever anything arrives. Absent where that says nothing: a comment among events keeps
   * the socket open only.
   */
  readonly onBytes?: () => void;
}

/**
 * This much that is not the server's, before the first line that is, means that something else
 * answers.
 */
const maxForeignCharacters = 262_144;

/**
 * The objects of a streamed answer, cleaned: nothing blank, nothing foreign. Blank lines, `null`,
 * numbers and HTML are dropped unseen. What was meant as an object but is none has lost text and
 * ends the stream with a Failure, as do an `error` object, a reset and an early end. What was read
 * before a failure still comes, and the failure follows it.
 */
export async function* streamedObjects(
  body: ReadableStream<Uint8Array>,
  options: ObjectStreamOptions,
): AsyncGenerator<Record<string, unknown>, void, void> {
  const reader = body.getReader();
  const lines = new LineSplitter();
  const cleaner = new ObjectCleaner(options);
  try {
    for (;;) {
      let read: Awaited<ReturnType<typeof reader.read>>;
      try {
        read = await reader.read();
      } catch (thrown) {
        throw options.signal.aborted
          ? options.signal.reason
          : failureOfNetworkError(thrown, true, options.subject);
      }
      options.onBytes?.();
      if (read.done) break;
      for (const line of lines.add(read.value)) {
        const object = cleaner.accepted(line);
        if (object !== undefined) yield object;
      }
      if (cleaner.isDone) return;
    }
    const last = cleaner.atEnd(lines.rest());
    if (last !== undefined) yield last;
  } finally {
    // A server that says it is done may keep the connection; nothing more is wanted of it.
    reader.cancel().catch(() => {});
  }
}

/** An event's data, wherever it stands in a line. */
const dataWithin = /data: ?\{/;

/** Cuts bytes into lines; what follows the last newline waits for more. */
class LineSplitter {
  readonly #decoder = new TextDecoder();
  #partial: string[] = [];
  #partialCharacters = 0;

  add(bytes: Uint8Array): string[] {
    const [first = "", ...others] = this.#decoder.decode(bytes, { stream: true }).split("\n");
    const lines: string[] = [];
    this.#keep(first);
    for (const next of others) {
      lines.push(this.#taken());
      this.#keep(next);
    }
    if (this.#partialCharacters > maxLineCharacters)
      throw new FailureError({ kind: "answerTooLong", limitCharacters: maxLineCharacters });
    return lines;
  }

  rest(): string {
    return this.#taken() + this.#decoder.decode();
  }

  #keep(text: string): void {
    this.#partial.push(text);
    this.#partialCharacters += text.length;
  }

  #taken(): string {
    const line = this.#partial.join("");
    this.#partial = [];
    this.#partialCharacters = 0;
    return line;
  }
}

class ObjectCleaner {
  readonly #options: ObjectStreamOptions;
  #foreignCharacters = 0;
  #sawObject = false;
  #sawLast = false;
  #done = false;

  constructor(options: ObjectStreamOptions) {
    this.#options = options;
  }

  /** The server has said that nothing more comes. */
  get isDone(): boolean {
    return this.#done;
  }

  /** The object of a line, or undefined when it is to be dropped. */
  accepted(line: string): Record<string, unknown> | undefined {
    const text = this.#unframed(line.trim());
    const { framing, subject, isLast, failureOf } = this.#options;
    // Events may follow the last piece of text: they tell what it took.
    if (text === "" || this.#done || (framing === "lines" && this.#sawLast)) return undefined;
    const object = parsedObject(text);
    if (object === undefined) {
      // A server's line begins with a name; the first line of another's JSON, laid out for reading,
      // is a brace alone.
      const begins = this.#sawObject ? text.startsWith("{") : text.startsWith('{"');
      // Bytes without a line end before an object take its text with them, as in
      // `??data: {"choices": …` or `??{"message": …`.
      const holds = (framing === "events" ? dataWithin : /\{.*"message":\{/).test(text);
      const wasMeant = begins || holds;
      if (wasMeant) throw new FailureError({ kind: "streamBroken", how: "malformed" });
      this.#foreignCharacters += text.length;
      if (!this.#sawObject && this.#foreignCharacters > maxForeignCharacters)
        throw this.#notTheServer();
      return undefined;
    }
    const { error, ...rest } = object;
    if (error !== undefined && error !== null)
      throw new FailureError(
        failureOf?.(error, subject) ?? failureOfErrorField(error, object["failure"], subject),
      );
    this.#sawObject = true;
    this.#sawLast ||= isLast(object);
    return rest;
  }

  /** @param rest what no newline ended. */
  atEnd(rest: string): Record<string, unknown> | undefined {
    // A last line without its newline counts when it is whole; a fragment is what a cut connection
    // leaves.
    const isWhole = parsedObject(this.#unframed(rest.trim())) !== undefined;
    const last = isWhole ? this.accepted(rest) : undefined;
    if (this.#sawLast || this.#done) return last;
    throw !this.#sawObject && (this.#foreignCharacters > 0 || rest.trim() !== "")
      ? this.#notTheServer()
      : this.#options.endedEarly();
  }

  /** The text that is meant to be an object; "" for what only frames it. */
  #unframed(text: string): string {
    if (this.#options.framing === "lines") return text;
    // Comments keep the socket open; the other fields of an event say nothing that its data does
    // not. One that holds data lost its line end, and would take the data's text with it.
    if (/^(?::|(?:event|id|retry)(?::|$))/.test(text) && !dataWithin.test(text)) return "";
    const data = /^data:\s*(.*)$/s.exec(text)?.[1];
    if (data?.startsWith("[DONE]")) {
      this.#done = true;
      return "";
    }
    return data ?? text;
  }

  #notTheServer(): FailureError {
    return new FailureError(notADaemon(this.#options.subject, 200, this.#options.contentType));
  }
}
