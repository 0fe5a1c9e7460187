export interface Tools {
  /** Path of a Node 24. */
  readonly node24: string;
  /** Path of VS Code's server-main.js. */
  readonly serverMain: string;
  /** Path of a Chromium, Chrome or Edge. */
  readonly chromium: string;
}

/** Paths of the tools that the tests drive. Throws an error that names what is missing. */
export function installedTools(): Tools;
