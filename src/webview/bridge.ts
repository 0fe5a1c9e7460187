import type { FromPanel } from "../protocol/panel/from-panel";
import type { ToPanel } from "../protocol/panel/to-panel";

/** What the view keeps over a reload: what the person folded or opened, by key. Never content. */
export interface PanelChoices {
  readonly open: Readonly<Record<string, boolean>>;
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
  const open =
    typeof value === "object" && value !== null
      ? (value as Record<string, unknown>)["open"]
      : undefined;
  if (typeof open !== "object" || open === null) return { open: {} };
  return {
    open: Object.fromEntries(
      Object.entries(open).filter(
        (entry): entry is [string, boolean] => typeof entry[1] === "boolean",
      ),
    ),
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
    saveChoices: ({ open }) =>
      api.setState({ open: Object.fromEntries(Object.entries(open).slice(-mostChoices)) }),
  };
}
