/**
 * Read at once, they would hold up the page for longer than a person does not notice. The last one
 * is the page itself.
 */
const parts: readonly (() => Promise<unknown>)[] = [
  () => import("./markdown/safe-fragment"),
  () => import("./markdown/markdown-html"),
  () => import("./page"),
];

/** Each in a task of its own. */
async function begin(): Promise<void> {
  for (const read of parts) {
    await read();
    await new Promise((resolve) => setTimeout(resolve));
  }
}

void begin();
