// What a person sees of the set-up: one line when a step starts, one when it is done, and a sign of
// life in between.
import { styleText } from "node:util";

const signOfLifeMs = 15_000;

/** @param {string} line */
let write = (line) => process.stdout.write(`${line}\n`);

/**
 * Sets the set-up's voice: where its lines go. Standard error keeps standard output clean for
 * `npm run fix`.
 * @param {NodeJS.WritableStream} stream
 */
export function speakOn(stream) {
  write = (line) => stream.write(`${line}\n`);
}

/** @param {string} line */
export function say(line) {
  write(line);
}

/**
 * Runs one step of the set-up. `work` gets a function that tells how far it is. Returns what `work`
 * returns.
 * @template T
 * @param {string} title
 * @param {(tell: (text: string) => void) => Promise<T>} work
 */
export async function step(title, work) {
  const started = performance.now();
  const seconds = () => `${Math.round((performance.now() - started) / 1000)} s`;
  let lastLineAt = started;
  let detail = "";
  /** @param {string} line */
  const speak = (line) => {
    lastLineAt = performance.now();
    write(line);
  };
  speak(`${styleText("cyan", "▸")} ${title} …`);
  const signOfLife = setInterval(() => {
    if (performance.now() - lastLineAt >= signOfLifeMs)
      speak(`  … ${seconds()}${detail && `, ${detail}`}`);
  }, 1_000);
  try {
    const result = await work((text) => {
      detail = text;
      if (performance.now() - lastLineAt >= 3_000) speak(`  … ${text}`);
    });
    speak(`${styleText("green", "✓")} ${title} (${seconds()})`);
    return result;
  } catch (error) {
    speak(`${styleText("red", "✗")} ${title}`);
    throw error;
  } finally {
    clearInterval(signOfLife);
  }
}
