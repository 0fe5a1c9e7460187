import { readdirSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { architectureNumber } from "../../base/model-memory";
import { RequestError } from "../chat-request";
import { type GgufHeader, hasGapMarks, readGgufHeader } from "../gguf/gguf-header";
import { hasChatTemplate, thinksNatively } from "../prompt/prompt-format";
import { catalogueModel } from "./catalogue";

export interface StoredModel {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly modifiedAt: Date;
  /** True for files the engine fetched itself, and may delete. */
  readonly own: boolean;
}

const suffix = ".gguf";

function withoutTag(name: string): string {
  return name.replace(/:latest$/, "").toLowerCase();
}

/** "1.8B", "134.52M": as the daemon writes a number of weights. */
function parameterSize(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toFixed(1)}B`;
  return count >= 1e6 ? `${(count / 1e6).toFixed(2)}M` : `${Math.round(count / 1000)}K`;
}

const quantizations: Readonly<Record<number, string>> = {
  0: "F32",
  1: "F16",
  2: "Q4_0",
  3: "Q4_1",
  7: "Q8_0",
  8: "Q5_0",
  9: "Q5_1",
  10: "Q2_K",
  11: "Q3_K_S",
  12: "Q3_K_M",
  13: "Q3_K_L",
  14: "Q4_K_S",
  15: "Q4_K_M",
  16: "Q5_K_S",
  17: "Q5_K_M",
  18: "Q6_K",
  32: "BF16",
};

/** In the daemon's words, and in the client's own. */
export function fileUnreadable({ path }: StoredModel, error: unknown): RequestError {
  const cause = error instanceof Error ? error.message : String(error);
  return new RequestError(500, `unable to load model: ${path}: ${cause}`, {
    kind: "modelFileUnreadable",
    path,
    cause,
  });
}

/** The model files on this machine: those in the engine's own folder and those the person named. */
export class ModelStore {
  readonly #headers = new Map<string, GgufHeader>();

  constructor(
    readonly folder: string,
    readonly files: readonly string[],
  ) {}

  /** Every file that is there, the person's own first. Two of the same name: the first counts. */
  list(): StoredModel[] {
    const found = new Map<string, StoredModel>();
    for (const path of this.files) this.#add(found, path, false);
    let names: string[] = [];
    try {
      names = readdirSync(this.folder);
    } catch {
      // No folder yet: nothing was fetched.
    }
    for (const name of names.sort())
      if (name.endsWith(suffix)) this.#add(found, join(this.folder, name), true);
    return [...found.values()];
  }

  /** @throws RequestError 404 in the daemon's words. */
  find(name: string): StoredModel {
    const model = this.list().find((candidate) => withoutTag(candidate.name) === withoutTag(name));
    if (!model) throw new RequestError(404, `model '${name}' not found`);
    return model;
  }

  /** @throws RequestError 500 when the file is no model. */
  header(model: StoredModel): GgufHeader {
    const key = `${model.path} ${model.bytes} ${model.modifiedAt.getTime()}`;
    let header = this.#headers.get(key);
    if (!header) {
      try {
        header = readGgufHeader(model.path, true);
      } catch (error) {
        throw fileUnreadable(model, error);
      }
      this.#headers.set(key, header);
    }
    return header;
  }

  /** Deletes a file that the engine fetched; another's is only the person's to delete. */
  delete(name: string): void {
    const model = this.find(name);
    if (!model.own) throw new RequestError(400, `'${name}' is a file of yours: ${model.path}`);
    rmSync(model.path);
  }

  nativeThinking(model: StoredModel): boolean {
    return (
      (model.own ? catalogueModel(model.name)?.nativeThinking : undefined) ??
      thinksNatively(this.header(model))
    );
  }

  /**
   * Every model that answers can be let think: one that was not trained to is told to.
   *
   * @throws RequestError 500 when the file is no model.
   */
  #capabilities(model: StoredModel): readonly string[] {
    const header = this.header(model);
    const answers = catalogueModel(model.name) !== undefined || hasChatTemplate(header);
    // One that was trained to think afterwards was not trained for gaps any more.
    const fillsGaps = hasGapMarks(header) && !this.nativeThinking(model);
    return ["completion", ...(answers ? ["thinking"] : []), ...(fillsGaps ? ["insert"] : [])];
  }

  trainedContextTokens(model: StoredModel): number | undefined {
    return architectureNumber(this.header(model).metadata, "context_length");
  }

  /** The entry of `/api/tags`; a damaged file is listed without details. */
  tag(model: StoredModel): Record<string, unknown> {
    let details: Record<string, unknown> = {
      format: "gguf",
      family: "",
      parameter_size: "",
      quantization_level: "",
    };
    let capabilities: readonly string[] = ["completion"];
    try {
      details = this.details(model);
      capabilities = this.#capabilities(model);
    } catch {
      // Whoever asks for the model is told why.
    }
    const digest = catalogueModel(model.name)?.sha256;
    return {
      name: model.name,
      model: model.name,
      modified_at: model.modifiedAt.toISOString(),
      size: model.bytes,
      digest: model.own && digest !== undefined ? digest : "",
      details,
      capabilities,
    };
  }

  details(model: StoredModel): Record<string, unknown> {
    const { metadata, parameterCount } = this.header(model);
    const family = String(metadata["general.architecture"] ?? "");
    return {
      parent_model: "",
      format: "gguf",
      family,
      families: [family],
      parameter_size: parameterSize(parameterCount),
      quantization_level: quantizations[Number(metadata["general.file_type"])] ?? "",
    };
  }

  /**
   * The answer of `/api/show`. @param graphicsFailed whether a graphics card was to compute and
   * cannot.
   */
  show(model: StoredModel, graphicsFailed = false): Record<string, unknown> {
    const { metadata, parameterCount } = this.header(model);
    const { "tokenizer.chat_template": template, ...info } = metadata;
    return {
      license: String(metadata["general.license"] ?? catalogueModel(model.name)?.licence ?? ""),
      modelfile: `FROM ${basename(model.path)}`,
      parameters: "",
      // The daemon's word for a model of which nothing is known: the prompt alone.
      template: template ?? "{{ .Prompt }}",
      details: this.details(model),
      model_info: {
        ...info,
        "general.parameter_count": parameterCount,
        "thinkaloud.native_thinking": this.nativeThinking(model),
        ...(graphicsFailed && { "thinkaloud.graphics_failed": true }),
      },
      capabilities: this.#capabilities(model),
      modified_at: model.modifiedAt.toISOString(),
    };
  }

  #add(found: Map<string, StoredModel>, path: string, own: boolean): void {
    const name = basename(path).replace(/\.gguf$/i, "");
    if (found.has(name.toLowerCase())) return;
    try {
      const stat = statSync(path);
      if (stat.isFile())
        found.set(name.toLowerCase(), {
          name,
          path,
          bytes: stat.size,
          modifiedAt: stat.mtime,
          own,
        });
    } catch {
      // A file that was named and is gone is not listed.
    }
  }
}
