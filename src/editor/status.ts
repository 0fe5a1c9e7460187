import {
  type Disposable,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeColor,
  window,
} from "vscode";
import { t } from "../base/l10n";
import { inWords } from "../base/told-words";
import { commands } from "../protocol/commands";
import type { Phase } from "../protocol/run-events";
import type { Setup } from "../protocol/setup";
import type { RunState } from "../runs/run-state";
import { phaseWords } from "../runs/words/phase-words";
import type { RunHistory } from "../session/history/run-history";

/** The status item: who answers, and what it is doing. A click leads to where the next step is. */
export class StatusItem implements Disposable {
  readonly #item: StatusBarItem;
  readonly #unsubscribe: () => void;
  #setup: Setup = { kind: "unknown" };
  #phase: Phase | undefined;
  #syntaxDown = false;
  #paused: string | undefined;

  constructor(history: RunHistory) {
    this.#item = window.createStatusBarItem("thinkaloud.status", StatusBarAlignment.Right, 90);
    this.#item.name = "Thinkaloud";
    this.#unsubscribe = history.subscribe((_runId, _seq, _event, mine) => {
      if (mine) this.#follow(history.newestHere);
    });
    this.#show();
    this.#item.show();
  }

  showSetup(setup: Setup): void {
    this.#setup = setup;
    this.#show();
  }

  /**
   * The language server being down costs quality, not function; the person should know all the
   * same.
   */
  showSyntaxDown(down: boolean): void {
    this.#syntaxDown = down;
    this.#show();
  }

  /** A download that waits for the person. @param model undefined: there is none. */
  showPaused(model: string | undefined): void {
    this.#paused = model;
    this.#show();
  }

  dispose(): void {
    this.#unsubscribe();
    this.#item.dispose();
  }

  #follow(run: RunState | undefined): void {
    const goesOn = run !== undefined && run.end === undefined;
    const phase = goesOn ? (run.spans.at(-1)?.phase ?? "connecting") : undefined;
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#show();
  }

  #face(): Face {
    const own = face(this.#setup, this.#phase);
    if (
      this.#paused === undefined ||
      this.#phase !== undefined ||
      this.#setup.kind === "installing"
    )
      return own;
    return {
      ...own,
      text: `${own.text} $(debug-pause)`,
      tooltip: `${own.tooltip}\n${t("{0} is fetched in part. Click to go on.", this.#paused)}`,
      command: commands.manageDownload,
    };
  }

  #show(): void {
    const { text, tooltip, command, warns } = this.#face();
    this.#item.text = this.#syntaxDown ? `${text} $(warning)` : text;
    this.#item.tooltip = this.#syntaxDown
      ? `${tooltip}\n${t("The language server is down: the model sees the lines around the place only, until it is back.")}`
      : tooltip;
    this.#item.accessibilityInformation = { label: `Thinkaloud: ${tooltip}`, role: "button" };
    this.#item.command = command;
    this.#item.backgroundColor = warns
      ? new ThemeColor("statusBarItem.warningBackground")
      : undefined;
  }
}

interface Face {
  readonly text: string;
  readonly tooltip: string;
  readonly command: string;
  readonly warns: boolean;
}

function face(setup: Setup, phase: Phase | undefined): Face {
  if (phase !== undefined) {
    const model = setup.kind === "ready" ? setup.model : "Thinkaloud";
    const doing = phaseWords(phase);
    return {
      text: `$(loading~spin) ${t("{0}: {1}", model, doing)}`,
      tooltip: t("{0} is {1}", model, doing),
      command: commands.showPanel,
      warns: false,
    };
  }
  switch (setup.kind) {
    case "unknown":
      return {
        text: "$(lightbulb-sparkle) Thinkaloud",
        tooltip: t("Show the reasoning"),
        command: commands.showPanel,
        warns: false,
      };
    case "looking":
      return {
        text: "$(loading~spin) Thinkaloud",
        tooltip: t("Looking for a model at {0}", setup.endpoint),
        command: commands.showPanel,
        warns: false,
      };
    case "ready": {
      const who =
        setup.engine === "builtin"
          ? t("the built-in engine")
          : t("{0} at {1}", setup.server ?? t("the server"), setup.endpoint);
      const tooltip = setup.local
        ? t("{0} by {1}. Click to choose a model.", setup.model, who)
        : t("{0} by {1}, on another machine. Click to choose a model.", setup.model, who);
      const warnings = setup.warnings ?? [];
      return {
        text: `$(lightbulb-sparkle) ${setup.model}${warnings.length > 0 ? " $(warning)" : ""}`,
        tooltip: [tooltip, ...warnings].join("\n"),
        command: commands.chooseModel,
        warns: false,
      };
    }
    case "noDaemon":
      return {
        text: "$(warning) Thinkaloud",
        tooltip: t("Nobody answers at {0}", setup.endpoint),
        command: commands.showPanel,
        warns: true,
      };
    case "noModel":
      return {
        text: "$(warning) Thinkaloud",
        tooltip: t("No model at {0}", setup.endpoint),
        command: commands.chooseModel,
        warns: true,
      };
    case "installing": {
      const share =
        setup.done !== undefined && setup.total
          ? ` ${Math.floor((100 * setup.done) / setup.total)} %`
          : "";
      const what = inWords(setup.what);
      return {
        text: `$(cloud-download) ${what}${share}`,
        tooltip: `${what}${share}\n${t("Click to pause or cancel.")}`,
        command: commands.manageDownload,
        warns: false,
      };
    }
    case "failed":
      return {
        text: "$(error) Thinkaloud",
        tooltip: `${setup.title}. ${setup.remedy}`,
        command: commands.showPanel,
        warns: true,
      };
    default:
      return setup satisfies never;
  }
}
