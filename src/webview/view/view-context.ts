import type { FromPanel } from "../../protocol/panel";
import type { Choices } from "./disclosure";

/** What every view is given: the way to the host and the person's foldings. */
export interface ViewContext {
  readonly send: (message: FromPanel) => void;
  readonly choices: Choices;
}
