/** About what the built-in engine's download comes to. */
export const engineBytes = 80e6;

/** A model that can be had by one click. */
export interface ModelOffer {
  readonly id: string;
  readonly label: string;
  /** 0: the model is here already. */
  readonly downloadBytes: number;
  /** So much of it an earlier download has left here, and the next one need not fetch. */
  readonly begunBytes?: number;
  readonly licence: string;
}

/** A model answers. */
export interface ReadySetup {
  readonly kind: "ready";
  readonly endpoint: string;
  readonly model: string;
  /** `daemon`: a server that fetches, loads and unloads models, too. */
  readonly engine: "daemon" | "server" | "builtin";
  /** What the server is called: by the person's entry for it, or by what it is. */
  readonly server?: string;
  /** True when the endpoint is this machine (the extension host's). */
  readonly local: boolean;
  /** How far requests go, as far as the address tells. */
  readonly locality?: "thisMachine" | "localNetwork" | "elsewhere";
  /** What the person should know of the server, in their language. */
  readonly warnings?: readonly string[];
}

/**
 * Whether the assistant can answer, and if not, what is missing. Shown in the panel's head and in
 * the status item.
 */
export type Setup =
  | { readonly kind: "unknown" }
  | { readonly kind: "looking"; readonly endpoint: string }
  | ReadySetup
  /**
   * Nobody answers at the endpoint. `offer` is what the built-in engine would fetch; `canStart`
   * that a daemon is installed here.
   */
  | {
      readonly kind: "noDaemon";
      readonly endpoint: string;
      readonly offer?: ModelOffer;
      readonly needsEngine: boolean;
      readonly canStart?: boolean;
    }
  /**
   * Somebody answers, without a model to chat with. `suggestion` is the name of a model to pull.
   */
  | {
      readonly kind: "noModel";
      readonly endpoint: string;
      readonly offer?: ModelOffer;
      readonly suggestion: string;
    }
  | {
      readonly kind: "installing";
      readonly what: string;
      readonly done?: number;
      readonly total?: number;
      /** The model that answers meanwhile; absent where none does, or nobody has looked yet. */
      readonly ready?: ReadySetup;
    }
  | {
      readonly kind: "failed";
      readonly title: string;
      readonly remedy: string;
      readonly offer?: ModelOffer;
      /** The endpoint that wants a user name and password, or a key. */
      readonly credentialsFor?: string;
      /** The model that answers all the same: it was a download that failed. */
      readonly ready?: ReadySetup;
    };

/** The model that answers, also while another one is fetched, or could not be. */
export function readyIn(setup: Setup): ReadySetup | undefined {
  return setup.kind === "ready" ? setup : "ready" in setup ? setup.ready : undefined;
}
