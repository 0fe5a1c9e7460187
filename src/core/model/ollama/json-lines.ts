import { FailureError } from "../../failure-error";
import {
  failureOfErrorField,
  failureOfNetworkError,
  notADaemon,
  parsedObject,
  type RequestSubject,
} from "../daemon-failure";

/** How a stream of lines ends. */
export interface StreamEnding {
  /** Whether this object ends the stream as it should. */
  readonly isLast: (line: Record<string, unknown>) => boolean;
  /** What to say of a stream that ends without its last object. */
  readonly endedEarly: () => FailureError;
  /** A line may hold this many characters. */
  readonly maxLineCharacters: number;
}

export interface LineStreamOptions extends StreamEnding {
  readonly subject: RequestSubject;
  /** When it is aborted the stream fails with its reason, whatever the broken connection looks like. */
  readonly signal: AbortSignal;
  readonly contentType: string;
  readonly onBytes: () => void;
}

/** This much that is not a daemon's line, before the first one that is, means that something else answers. */
const maxForeignCharacters = 262_144;

const encoder = new TextEncoder();

/**
 * A stream of newline-separated JSON objects, cleaned for the package's reader: one object a line, nothing blank, nothing foreign.
 * Blank lines, `null`, numbers, HTML and event-stream lines are dropped unseen, since the package would print them. What was meant as
 * an object but is none has lost text and ends the stream with a Failure, as do an `error` object, a reset and an early end.
 */
export function cleanedJsonLines(
  body: ReadableStream<Uint8Array>,
  options: LineStreamOptions,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let partial: string[] = [];
  let partialCharacters = 0;
  let foreignCharacters = 0;
  let sawObject = false;
  let sawLast = false;

  /** The line as it goes on, or undefined when it is to be dropped. */
  function accepted(line: string): Uint8Array | undefined {
    const text = line.trim();
    if (text === "" || sawLast) return undefined;
    const object = parsedObject(text);
    if (object === undefined) {
      // A daemon's line begins with a name; the first line of another's JSON, laid out for reading, is a brace alone.
      const wasMeant = sawObject ? text.startsWith("{") : text.startsWith('{"');
      if (wasMeant) throw new FailureError({ kind: "streamBroken", how: "malformed" });
      foreignCharacters += text.length;
      if (!sawObject && foreignCharacters > maxForeignCharacters) throw notTheDaemon();
      return undefined;
    }
    const { error, ...rest } = object;
    if (error !== undefined && error !== null)
      throw new FailureError(failureOfErrorField(error, object["failure"], options.subject));
    sawObject = true;
    sawLast = options.isLast(object);
    // The package takes even an empty `error` for one.
    return encoder.encode(`${error === null ? JSON.stringify(rest) : text}\n`);
  }

  function notTheDaemon(): FailureError {
    return new FailureError(notADaemon(options.subject, 200, options.contentType));
  }

  /** Splits off the complete lines; what follows the last newline waits for more. */
  function complete(text: string): string[] {
    const lines = text.split("\n");
    const last = lines.pop() ?? "";
    if (lines.length > 0) {
      lines[0] = partial.join("") + (lines[0] ?? "");
      partial = [];
      partialCharacters = 0;
    }
    partial.push(last);
    partialCharacters += last.length;
    if (partialCharacters > options.maxLineCharacters) {
      throw new FailureError({ kind: "answerTooLong", limitCharacters: options.maxLineCharacters });
    }
    return lines;
  }

  function atEnd(): Uint8Array | undefined {
    const rest = partial.join("") + decoder.decode();
    partial = [];
    // A last line without its newline counts when it is whole; a fragment is what a cut connection leaves.
    const last = parsedObject(rest.trim()) === undefined ? undefined : accepted(rest);
    if (sawLast) return last;
    throw !sawObject && (foreignCharacters > 0 || rest.trim() !== "")
      ? notTheDaemon()
      : options.endedEarly();
  }

  /** The next lines that go on; none at the end. What was read before a failure still goes on, and the failure follows it. */
  async function* linesOnward(): AsyncGenerator<Uint8Array, void, void> {
    for (;;) {
      let read: Awaited<ReturnType<typeof reader.read>>;
      try {
        read = await reader.read();
      } catch (thrown) {
        throw options.signal.aborted
          ? options.signal.reason
          : failureOfNetworkError(thrown, true, options.subject);
      }
      options.onBytes();
      if (read.done) {
        const last = atEnd();
        if (last !== undefined) yield last;
        return;
      }
      for (const line of complete(decoder.decode(read.value, { stream: true }))) {
        const onward = accepted(line);
        if (onward !== undefined) yield onward;
      }
    }
  }

  const onward = linesOnward();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await onward.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // A stream that fails forgets what waits in it, so nothing may wait: a line is fetched only when it is asked for.
    { highWaterMark: 0 },
  );
}
