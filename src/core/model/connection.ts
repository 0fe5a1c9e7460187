import type { Think } from "../../base/thoughts/levels";
import type { LanguageModel, ModelDetails } from "./language-model";

/**
 * A model that is ready to be asked, and how to ask it. Made once per run by whoever knows the
 * settings and the machine.
 */
export interface Connection {
  readonly model: LanguageModel;
  /** The model's name on its endpoint. */
  readonly name: string;
  readonly details: ModelDetails;
  /** True when the endpoint is this machine. */
  readonly local: boolean;
  /** The window every request to this model asks for. */
  readonly contextTokens: number;
  /** Whether to let the model think, and how much; false where it cannot or the person said no. */
  readonly think: Think;
  /**
   * Where asking for no thought was found not to be enough: an empty one has to be given, or it
   * thinks all the same.
   */
  readonly thinkingOff?: "emptyThought" | "never";
  readonly keepAlive: number | string;
  readonly allowedCloudModels: readonly string[];
}
