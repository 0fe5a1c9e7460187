import { decimal, t } from "../base/l10n";
import type { Phase } from "../protocol/run-events";
import { phaseWords } from "../runs/words/phase-words";

/** 0.1 s, 3 s, 38 s, 2 min 5 s, 1 h 4 min. */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 9.95) return t("{0} s", tenths(seconds));
  const whole = Math.round(seconds);
  if (whole < 60) return t("{0} s", whole);
  if (whole < 3600)
    return whole % 60 === 0
      ? t("{0} min", Math.floor(whole / 60))
      : t("{0} min {1} s", Math.floor(whole / 60), whole % 60);
  return t("{0} h {1} min", Math.floor(whole / 3600), Math.floor((whole % 3600) / 60));
}

function tenths(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return decimal(rounded, Number.isInteger(rounded) ? 0 : 1);
}

/** A duration that still grows: whole seconds, so that it does not flicker. */
export function clock(ms: number): string {
  return duration(Math.floor(Math.max(0, ms) / 1000) * 1000);
}

/** The same for a narrow column: 38 s, then 1:14. */
export function narrowClock(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  return seconds < 60
    ? clock(ms)
    : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Tokens of a text that a model writes, as far as its length tells. */
export function roughTokens(text: string): number {
  return text.length / 4;
}

/** A phase as a column head. */
export function phaseHead(phase: Phase): string {
  switch (phase) {
    case "connecting":
      return t("connect");
    case "loading":
      return t("load");
    case "reading":
      return t("read");
    case "thinking":
      return t("think");
    case "answering":
      return t("answer");
    case "checking":
      return t("check");
    default:
      return phase satisfies never;
  }
}

/** A phase with a capital, as it stands alone. */
export function phaseName(phase: Phase): string {
  const words = phaseWords(phase);
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** The host name of an endpoint, with its port when it is not the usual one. */
export function hostOf(endpoint: string): string {
  try {
    return new URL(endpoint).host;
  } catch {
    return endpoint;
  }
}

/** How far a request goes: "this machine", "10.0.0.5:8000, local network", "api.example.org". */
export function reachName(
  locality: "thisMachine" | "localNetwork" | "elsewhere",
  { endpoint }: { readonly endpoint: string },
): string {
  switch (locality) {
    case "thisMachine":
      return t("this machine");
    case "localNetwork":
      return t("{0}, local network", hostOf(endpoint));
    case "elsewhere":
      return hostOf(endpoint);
    default:
      return locality satisfies never;
  }
}
