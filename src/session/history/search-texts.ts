import { open } from "node:fs/promises";

/** A text of the file, which stands between its run's id and the end mark. */
const mark = 0x00;
const chunkBytes = 4 * 1024 * 1024;

/** A run's folded text as it stands in the file of texts. */
export function textBlock(runId: string, folded: string): string {
  return `\0${runId}\n${folded.replaceAll("\0", " ")}`;
}

/**
 * Finds the runs whose texts hold all words. Reads the file once, in chunks, and looks for bytes:
 * 10,000 runs are some 30 MB.
 * @param words folded, not empty.
 * @returns the ids; none when the file cannot be read. Throws the signal's reason when nobody waits
 * any more.
 */
export async function findInTexts(
  path: string,
  words: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  // The longest word is the rarest, as a rule.
  const needles = [...words].sort((a, b) => b.length - a.length).map((word) => Buffer.from(word));
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return found;
  try {
    let chunk: Buffer = Buffer.allocUnsafe(chunkBytes);
    let rest = 0;
    for (;;) {
      // A block that is longer than the chunk.
      if (rest === chunk.length) chunk = Buffer.concat([chunk], 2 * chunk.length);
      const { bytesRead } = await file.read(chunk, rest, chunk.length - rest);
      signal?.throwIfAborted();
      const text = chunk.subarray(0, rest + bytesRead);
      // A block ends where the next begins, so that the last one has to wait for what comes.
      const whole = bytesRead === 0 ? text.length : Math.max(0, text.lastIndexOf(mark));
      searchBlocks(text.subarray(0, whole), needles, found);
      if (bytesRead === 0) return found;
      rest = text.length - whole;
      chunk.copyWithin(0, whole, text.length);
    }
  } finally {
    await file.close();
  }
}

function searchBlocks(
  text: Buffer,
  [first, ...others]: readonly Buffer[],
  found: Set<string>,
): void {
  if (first === undefined) return;
  for (let at = text.indexOf(first); at >= 0; ) {
    const start = text.lastIndexOf(mark, at);
    const next = text.indexOf(mark, at);
    const end = next < 0 ? text.length : next;
    const head = text.indexOf(0x0a, start);
    const body = text.subarray(head + 1, end);
    if (body.includes(first) && others.every((word) => body.includes(word)))
      found.add(text.toString("utf8", start + 1, head));
    at = text.indexOf(first, end);
  }
}

/** The texts without those of some runs. */
export function withoutBlocks(texts: Buffer, runIds: ReadonlySet<string>): Buffer {
  const kept: Buffer[] = [];
  for (let start = texts.indexOf(mark); start >= 0; ) {
    const next = texts.indexOf(mark, start + 1);
    const end = next < 0 ? texts.length : next;
    const head = texts.indexOf(0x0a, start);
    if (!runIds.has(texts.toString("utf8", start + 1, head))) kept.push(texts.subarray(start, end));
    start = next;
  }
  return Buffer.concat(kept);
}
