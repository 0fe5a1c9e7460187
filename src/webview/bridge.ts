import { isRecord } from "../base/guards";
import type { FromPanel } from "../protocol/panel/from-panel";
import type { ToPanel } from "../protocol/panel/to-panel";

/** Where a box stands that does not follow its end. */
export interface KeptPlace {
  /** Pixels of what is in it that are above its upper edge; of the page: pixels of `run`. */
  readonly top: number;
  readonly run?: string;
  /** The newest run at that time: a later one is worth more than the place. */
  readonly newest?: string;
}

/**
 * What the view keeps over a reload, as when the side bar is hidden and shown again: what the
 * person folded or opened and where they read, by key, and their own words that they have not sent.
 * Never anything of a run.
 */
export interface PanelChoices extends Unsent {
  readonly open: Readonly<Record<string, boolean>>;
  readonly places?: Readonly<Record<string, KeptPlace>>;
}

/** The person's own words that they have not sent, and what these belong to. */
export interface Unsent {
  /** What stands in the question box. */
  readonly draft?: string;
  /** The run whose question stands there, to be asked in other words. */
  readonly rephrased?: string;
  /** What stood there before that question did, and comes back after it. */
  readonly aside?: string;
  /** What the history is searched for, where it is open. */
  readonly search?: string;
}

const unsent = ["draft", "rephrased", "aside", "search"] as const satisfies (keyof Unsent)[];

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
  if (!isRecord(value)) return { open: {} };
  const { open, places } = value;
  return {
    open: entriesOf(open, (choice) => typeof choice === "boolean"),
    places: entriesOf(places, isPlace),
    ...Object.fromEntries(
      unsent.flatMap((key) => (typeof value[key] === "string" ? [[key, value[key]]] : [])),
    ),
  };
}

function entriesOf<Value>(
  value: unknown,
  isOne: (value: unknown) => value is Value,
): Readonly<Record<string, Value>> {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, Value] => isOne(entry[1])));
}

function isPlace(value: unknown): value is KeptPlace {
  return (
    isRecord(value) &&
    typeof value["top"] === "number" &&
    [value["run"], value["newest"]].every((id) => id === undefined || typeof id === "string")
  );
}

function newest<Value>(entries: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(entries).slice(-mostChoices));
}

/** Connects to VS Code. May be called once per page: the editor hands its API out only once. */
export function connectToHost(): Bridge {
  const api = acquireVsCodeApi();
  return {
    send: (message) => api.postMessage(message),
    listen: (listener) =>
      window.addEventListener("message", (event: MessageEvent<unknown>) => {
        const { data } = event;
        if (isRecord(data) && "kind" in data) listener(data as unknown as ToPanel);
      }),
    readChoices: () => choicesIn(api.getState()),
    saveChoices: ({ open, places = {}, ...words }) =>
      api.setState({ ...words, open: newest(open), places: newest(places) }),
  };
}
