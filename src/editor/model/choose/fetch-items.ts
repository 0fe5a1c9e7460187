import { window } from "vscode";
import { bytes, count, t } from "../../../base/l10n";
import { fullName } from "../../../core/model/cloud-models";
import { modelNameOf, strangeHostOf } from "../../../core/model/ollama/model-name";
import type { Pulls } from "../../../model-setup/connect/pulls";
import {
  type KnownModel,
  knownModels,
  knownModelsDate,
} from "../../../model-setup/models/known-models";
import { fitOf, type Room, recommendedModels } from "../../../model-setup/models/model-fit";
import { facts, type ModelItem, separator } from "./model-item";

/**
 * Models that Ollama could fetch: what suits this machine, what else fits, any other by its name,
 * and what does not fit, with the reason.
 * @param here names of the models that are there; undefined where no Ollama answers on this
 * machine, into which anything could go.
 */
export function fetchItems(
  pulls: Pulls,
  here: readonly string[] | undefined,
  room: Room,
): readonly ModelItem[] {
  const waiting = pulls.unfinished;
  const paused = waiting?.isPaused === true ? [pausedItem(pulls, waiting.model)] : [];
  if (here === undefined) return paused;
  const isHere = (name: string): boolean => here.some((each) => fullName(each) === fullName(name));
  const best = recommendedModels(room).filter(({ name }) => !isHere(name));
  const others = knownModels.filter((model) => !isHere(model.name) && !best.includes(model));
  const fits = ({ bytes: size }: KnownModel): boolean => fitOf(size, room).kind === "fits";
  const item = (model: KnownModel): ModelItem => knownItem(pulls, model, room);
  return [
    separator(t("Recommended for this machine")),
    ...paused,
    ...best.map(item),
    {
      label: `$(add) ${t("Any other model, by its name…")}`,
      description: t("into Ollama: from its library, or hf.co/…"),
      choose: () => pullByName(pulls),
    },
    separator(t("More models (list of {0})", knownModelsDate)),
    ...others.filter(fits).map(item),
    ...others.filter((model) => !fits(model)).map(item),
  ];
}

function knownItem(pulls: Pulls, model: KnownModel, room: Room): ModelItem {
  const fit = fitOf(model.bytes, room);
  const isTooLarge = fit.kind === "tooLarge";
  return {
    label: `${isTooLarge ? "$(circle-slash)" : "$(cloud-download)"} ${model.label}`,
    description: facts(
      t("{0} to download", `${model.isEstimated ? "~" : ""}${bytes(model.bytes)}`),
      model.contextTokens !== undefined && windowWords(model.contextTokens),
      model.thinks && t("thinking"),
      model.codes === true && t("made for code"),
    ),
    detail: isTooLarge
      ? tooLargeWords(fit.neededBytes, fit.roomBytes)
      : facts(t("{0}, into Ollama", model.name), fit.onGraphics && t("fits on the graphics card")),
    // The line says what is fetched, how large it is and where it goes: picking it is the
    // agreement.
    choose: async () => {
      if (!isTooLarge || (await anyway(model.label, tooLargeWords(fit.neededBytes, fit.roomBytes))))
        await pulls.pull(model.name);
    },
  };
}

function pausedItem(pulls: Pulls, model: string): ModelItem {
  return {
    label: `$(debug-continue) ${t("Go on fetching {0}", model)}`,
    choose: () => pulls.goOn(),
    actions: [{ icon: "close", tooltip: t("Forget it"), run: () => pulls.cancel() }],
  };
}

async function pullByName(pulls: Pulls): Promise<void> {
  const text = await window.showInputBox({
    title: t("Thinkaloud: Fetch a Model"),
    prompt: t("A name such as qwen3:8b or hf.co/unsloth/Qwen3-8B-GGUF:Q4_K_M"),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === "" || modelNameOf(value.trim()) !== undefined
        ? undefined
        : t("That is not the name of a model."),
  });
  const name = modelNameOf(text?.trim() ?? "");
  if (text === undefined || name === undefined) return;
  const host = strangeHostOf(name);
  if (host !== undefined) {
    const agree = t("Fetch from {0}", host);
    const question = t(
      "{0} is no library that Thinkaloud knows. Ollama would be told to fetch the model from there.",
      host,
    );
    if ((await window.showWarningMessage(question, { modal: true }, agree)) !== agree) return;
  }
  await pulls.pull(text.trim(), host);
}

async function anyway(label: string, why: string): Promise<boolean> {
  const fetch = t("Fetch It Anyway");
  const options = { modal: true, detail: why };
  const question = t("{0} does not fit this machine", label);
  return (await window.showWarningMessage(question, options, fetch)) === fetch;
}

export function windowWords(contextTokens: number): string {
  return t("window {0}", count(contextTokens));
}

export function tooLargeWords(neededBytes: number, roomBytes: number): string {
  return t(
    "Needs {0} of memory with a small window; this machine has {1} for models.",
    bytes(neededBytes),
    bytes(roomBytes),
  );
}
