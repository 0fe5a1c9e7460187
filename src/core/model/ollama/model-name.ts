/** A model's name in its parts: `hf.co/unsloth/Qwen3-8B-GGUF:Q4_K_M`. */
export interface ModelName {
  /** Where it is fetched from, when the name says so; else it is Ollama's own library. */
  readonly host?: string;
  readonly namespace?: string;
  readonly model: string;
  readonly tag?: string;
}

/** Libraries that people mean when they write them; any other host is one to ask about. */
const knownHosts = ["registry.ollama.ai", "ollama.com", "hf.co", "huggingface.co", "modelscope.cn"];

const maxCharacters = 350;
const part = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,79}$/;
const hostForm = /^[A-Za-z0-9][A-Za-z0-9.-]*(?::\d{1,5})?$/;

/**
 * Reads a name as the daemon does; undefined where it is none, such as an address with a scheme or
 * a way out of a folder.
 */
export function modelNameOf(text: string): ModelName | undefined {
  if (text.length > maxCharacters) return undefined;
  const slash = text.lastIndexOf("/");
  const last = text.slice(slash + 1);
  const colon = last.indexOf(":");
  const [model, tag] = colon < 0 ? [last] : [last.slice(0, colon), last.slice(colon + 1)];
  const before = slash < 0 ? [] : text.slice(0, slash).split("/");
  if (before.length > 2) return undefined;
  const host = before.length === 2 ? before[0] : undefined;
  const namespace = before.at(-1);
  if (host !== undefined && !hostForm.test(host)) return undefined;
  for (const each of [namespace, model, tag])
    if (each !== undefined && (!part.test(each) || each.includes(".."))) return undefined;
  if (model === undefined) return undefined;
  return {
    model,
    ...(host === undefined ? {} : { host }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(tag === undefined ? {} : { tag }),
  };
}

/**
 * The host that a name has fetched from and that is nobody's known library. Undefined: there is
 * nothing to ask about.
 */
export function strangeHostOf(name: ModelName): string | undefined {
  return name.host === undefined || knownHosts.includes(name.host.toLowerCase())
    ? undefined
    : name.host;
}
