/** Standard output or standard error, whose reader may leave at any time, as `head` does. */
export class Outlet {
  readonly #stream: NodeJS.WriteStream;
  #gone = false;

  /** @param readerLeft called once; what is written afterwards goes nowhere. */
  constructor(stream: NodeJS.WriteStream, readerLeft: () => void) {
    this.#stream = stream;
    stream.on("error", () => {
      if (this.#gone) return;
      this.#gone = true;
      readerLeft();
    });
  }

  write(text: string): void {
    if (!this.#gone && text !== "") this.#stream.write(text);
  }

  /** Resolves when the system has taken everything, or the reader has left. */
  flush(): Promise<void> {
    if (this.#gone) return Promise.resolve();
    return new Promise((resolve) => {
      this.#stream.once("error", () => resolve());
      this.#stream.write("", () => resolve());
    });
  }
}
