import type { FromPanel } from "../protocol/panel/from-panel";
import type { ToPanel } from "../protocol/panel/to-panel";

/**
 * What the view keeps over a reload, as when the side bar is hidden and shown again: what the person folded or opened, by key, and their
 * own words that they have not sent. Never anything of a run.
 */
export interface PanelChoices {
  readonly open: Readonly<Record<string, boolean>>;
  /** What stands in the question box. */
  readonly draft?: string;
  /** What the history is searched for, where it is open. */
  readonly search?: string;
}

interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: PanelChoices): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The way to the host and back. */
export interface Bridge {
  send(message: FromPanel): void;
  listen(listener: (message: ToPanel) => void): void;
  readChoices(): PanelChoices;
  saveChoices(choices: PanelChoices): void;
}

/** Older choices are forgotten: a workspace may see thousands of runs. */
const mostChoices = 200;

function choicesIn(value: unknown): PanelChoices {
  if (typeof value !== "object" || value === null) return { open: {} };
  const { open, draft, search } = value as Record<string, unknown>;
  const entries = typeof open === "object" && open !== null ? Object.entries(open) : [];
  return {
    open: Object.fromEntries(
      entries.filter((entry): entry is [string, boolean] => typeof entry[1] === "boolean"),
    ),
    ...(typeof draft === "string" ? { draft } : {}),
    ...(typeof search === "string" ? { search } : {}),
  };
}

/** Connects to VS Code. May be called once per page: the editor hands its API out only once. */
export function connectToHost(): Bridge {
  const api = acquireVsCodeApi();
  return {
    send: (message) => api.postMessage(message),
    listen: (listener) =>
      window.addEventListener("message", (event: MessageEvent<unknown>) => {
        const { data } = event;
        if (typeof data === "object" && data !== null && "kind" in data) listener(data as ToPanel);
      }),
    readChoices: () => choicesIn(api.getState()),
    saveChoices: ({ open, ...words }) =>
      api.setState({
        ...{ ...words, open: Object.fromEntries(Object.entries(open).slice(-mostChoices)) },
      }),
  };
}
