import type { Action, Phase } from "../protocol/run-events";
import { phaseWords } from "../runs/phase-words";

/** 0.1 s, 3 s, 38 s, 2 min 5 s, 1 h 4 min. */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1).replace(/\.0$/, "")} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600)
    return whole % 60 === 0
      ? `${Math.floor(whole / 60)} min`
      : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
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

/** 1,204. English on purpose: the panel's words are. */
export function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** 98 MB, 1.1 GB; in powers of ten, as download pages say it. */
export function bytes(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(1)} GB`;
  if (value >= 1e6) return `${Math.round(value / 1e6)} MB`;
  return `${Math.max(1, Math.round(value / 1e3))} kB`;
}

/** "1 change", "3 changes". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export const actionNames: Readonly<Record<Action, string>> = {
  explain: "Explain",
  fix: "Fix",
  improve: "Improve",
  writeTests: "Write tests for",
  document: "Document",
  ask: "Ask about",
};

/** A phase as a column head. */
export const phaseHeads: Readonly<Record<Phase, string>> = {
  connecting: "connect",
  loading: "load",
  reading: "read",
  thinking: "think",
  answering: "answer",
  checking: "check",
};

/** A phase with a capital, as it stands alone. */
export function phaseName(phase: Phase): string {
  const words = phaseWords[phase];
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
      return "this machine";
    case "localNetwork":
      return `${hostOf(endpoint)}, local network`;
    case "elsewhere":
      return hostOf(endpoint);
    default:
      return locality satisfies never;
  }
}
