import { fullName, isCloudName, remoteHostOf } from "../../core/model/cloud-models";
import type { LoadedModel, ModelInfo } from "../../core/model/language-model";
import { isR1 } from "../../core/model/r1";
import { mayChat } from "./chat-ability";
import { memoryNeeded } from "./context-size";

export interface ModelWish {
  readonly models: readonly ModelInfo[];
  readonly loaded: readonly LoadedModel[];
  /** The person's setting; empty: none. */
  readonly wish: string;
  /** Full names that may run off this machine. */
  readonly allowedCloudModels: readonly string[];
  /** What a model may take in all, in bytes; absent when the daemon's machine is not known. */
  readonly memoryBytes?: number | undefined;
}

export type ModelChoice =
  | { readonly kind: "chosen"; readonly name: string; readonly info: ModelInfo }
  /** Wished for, and not there or not to be told from others. */
  | { readonly kind: "missing"; readonly model: string }
  /** Wished for, and it would run off this machine. */
  | { readonly kind: "cloud"; readonly model: string; readonly host?: string }
  /** No wish, and nothing that can chat. */
  | { readonly kind: "none" };

/**
 * Picks the model to ask: the one wished for or none else, and without a wish the best one that is
 * there.
 */
export function chooseModel(request: ModelWish): ModelChoice {
  const { models, wish, allowedCloudModels } = request;
  if (wish !== "") {
    const name = findByName(
      models.map((each) => each.name),
      wish,
    );
    const info = models.find((each) => each.name === name);
    if (info === undefined) return wishedElsewhere(wish, allowedCloudModels);
    return isAllowed(info, allowedCloudModels) ? chosen(info) : refused(info);
  }
  const candidates = models.filter((each) => mayChat(each) && isAllowed(each, allowedCloudModels));
  const best = candidates
    .map((info) => ({ info, rank: rank(info, request) }))
    .sort((a, b) => byRank(a.rank, b.rank))[0];
  return best === undefined ? { kind: "none" } : chosen(best.info);
}

/**
 * The one name that was meant: exact first; then with the tag `latest`, which daemons leave out and
 * add at will; then as the only one that starts so. Case does not count.
 */
export function findByName(names: readonly string[], wish: string): string | undefined {
  const wanted = wish.toLowerCase();
  const exact =
    names.find((name) => name === wish) ?? names.find((name) => name.toLowerCase() === wanted);
  if (exact !== undefined) return exact;
  const latest = names.find((name) => fullName(name) === fullName(wanted));
  if (latest !== undefined) return latest;
  const starting = names.filter((name) => name.toLowerCase().startsWith(wanted));
  return starting.length === 1 ? starting[0] : undefined;
}

function chosen(info: ModelInfo): ModelChoice {
  return { kind: "chosen", name: info.name, info };
}

function wishedElsewhere(wish: string, allowed: readonly string[]): ModelChoice {
  if (!isCloudName(wish)) return { kind: "missing", model: wish };
  if (!isAllowedName(wish, allowed)) return { kind: "cloud", model: wish };
  return chosen({ name: wish, bytes: 0, capabilities: [], remoteHost: "cloud" });
}

function refused(info: ModelInfo): ModelChoice {
  const host = info.remoteHost;
  return host === undefined || host === "cloud"
    ? { kind: "cloud", model: info.name }
    : { kind: "cloud", model: info.name, host };
}

export function isRemote(info: ModelInfo): boolean {
  return remoteHostOf(info.name, info.remoteHost) !== undefined;
}

function isAllowed(info: ModelInfo, allowed: readonly string[]): boolean {
  return !isRemote(info) || isAllowedName(info.name, allowed);
}

/** By full name only: a prefix would agree to models that do not exist yet. */
function isAllowedName(name: string, allowed: readonly string[]): boolean {
  return allowed.some((each) => fullName(each) === fullName(name));
}

interface Rank {
  /** Compared in order; higher is better. */
  readonly scores: readonly number[];
  readonly name: string;
}

/**
 * Local before remote; fitting in memory before not; thinking before not; loaded before not, since
 * two models at once slow each other many times; R1 before other families; made for code before
 * not; and then the larger one that fits, or the smaller one that does not.
 */
function rank(info: ModelInfo, { loaded, memoryBytes }: ModelWish): Rank {
  const fits = memoryBytes === undefined || memoryNeeded(info.bytes) <= memoryBytes;
  const yes = (condition: boolean): number => (condition ? 1 : 0);
  const scores = [
    yes(!isRemote(info)),
    yes(fits),
    yes(thinks(info)),
    yes(loaded.some((each) => fullName(each.name) === fullName(info.name))),
    yes(isR1(info.name)),
    yes(/cod(?:e|er)(?:[-:._\d]|$)|codestral|devstral/i.test(info.name)),
    fits ? info.bytes : -info.bytes,
  ];
  return { scores, name: info.name };
}

function byRank(a: Rank, b: Rank): number {
  for (const [index, score] of a.scores.entries()) {
    const other = b.scores[index] ?? 0;
    if (score !== other) return other - score;
  }
  return a.name.localeCompare(b.name, "en");
}

function thinks(info: ModelInfo): boolean {
  return info.capabilities.includes("thinking") || isR1(info.name);
}
