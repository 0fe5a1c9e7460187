import { t } from "../../base/l10n";
import type { ModelDetails, ModelInfo } from "../../core/model/language-model";

/**
 * What a model was made for, when that is not to answer in words, and how such models are called.
 */
interface OtherPurpose {
  readonly purpose: string;
  /** Pieces of the name between its separators; `*` stands for any more letters. */
  readonly name?: string;
  /**
   * Pieces of the tag, which says less in a name: `granite-code:8b` chats, `codellama:7b-code` does
   * not.
   */
  readonly tag?: string;
  /** Architectures, as the daemon names a model's family. */
  readonly family?: string;
  /** One that was trained further to follow instructions chats all the same. */
  readonly unlessInstructed?: boolean;
}

const otherPurposes: readonly OtherPurpose[] = [
  {
    purpose: "embedding",
    name: `
      embed* *embed embedding* bge gte e5 minilm *minilm mxbai paraphrase sbert simcse splade
      colbert colpali stella uae`,
    family: `
      bert nomic-bert* jina-bert* modern-bert neo-bert eurobert roberta xlm-roberta mpnet
      distilbert gemma-embedding *-embedding t5encoder clip`,
  },
  { purpose: "ranking", name: "rerank* *rerank *reranker ranker reward prm *prm orm armorm" },
  {
    purpose: "guarding",
    name: `
      guard guard2* guard3* guard4* guard5* llamaguard* qwen*guard nemoguard wildguard polyguard
      duoguard promptguard guardian* safeguard shieldgemma* shield minicheck aegis moderation
      safety harmbench`,
  },
  {
    purpose: "translating",
    name: "translate* translator* translation mt nllb madlad* towerinstruct alma seamless* seed-x",
  },
  { purpose: "reading pictures", name: "ocr *ocr ocr2* docling *docling paddleocr* nougat trocr" },
  {
    purpose: "sound or pictures",
    name: `
      whisper* tts *tts asr *asr audio ultravox* orpheus kokoro* bark parler musicgen flux* sdxl
      stable-diffusion z-image image imagen dalle sd3*`,
    family: "whisper wavtokenizer* flux* sd1 sd2 sd3 lumina* qwen-image z-image*",
  },
  {
    purpose: "one task",
    name: `
      sqlcoder* nsql text2sql nuextract* extract ner reader readerlm* functiongemma nexusraven*
      draft speculator *drafter eagle3`,
  },
  {
    purpose: "going on",
    name: `
      base *b-pt *m-pt pretrain* pretrained next-edit zeta mellum* starcoder starcoder2* starcoderbase stable-code santacoder
      replit* codegen* incoder fim codegemma:2b`,
    tag: "base text code python fim",
    family: "starcoder starcoder2 refact codeshell",
    unlessInstructed: true,
  },
];

const instructed = piecesPattern("it instruct* chat* assistant thinking* reasoning r1*");
const known = otherPurposes.map(({ name, tag, family, ...rest }) => ({
  ...rest,
  name: piecesPattern(name),
  tag: piecesPattern(tag),
  family: familyPattern(family),
}));

/**
 * Whether a model that is only listed can be asked in words, as far as its capabilities, name and
 * family tell. One that cannot is never chosen by itself: an embedding model fails, a guard says
 * "safe", a base model goes on with the question.
 */
export function mayChat({ name, capabilities, family, hasChatTemplate }: ModelInfo): boolean {
  if (hasChatTemplate === false) return false;
  if (capabilities.length > 0 && !capabilities.includes("completion")) return false;
  if (capabilities.includes("image") || capabilities.includes("embedding")) return false;
  const lower = name.toLowerCase();
  const slash = lower.lastIndexOf("/");
  const whole = lower.slice(slash + 1);
  const [, tag = ""] = whole.split(":");
  return !known.some(
    (other) =>
      (other.name.test(whole) ||
        other.tag.test(tag) ||
        other.family.test(family?.toLowerCase() ?? "")) &&
      !(other.unlessInstructed === true && instructed.test(whole)),
  );
}

/**
 * Whether a model answers, as far as its details tell: not where its output is pooled into one
 * vector, however it is called, nor where nothing says how a turn of a talk is written for it, as
 * with a base model that was imported under any name.
 */
export function chats({ pools, hasChatTemplate }: ModelDetails): boolean {
  return pools !== true && hasChatTemplate !== false;
}

/** Why a base model is none to choose. */
export function baseModelWords(name: string): string {
  return t(
    "{0} goes on with a text instead of answering: it is a base model, or its template was not understood, so nothing says how a question is written for it.",
    name,
  );
}

function piecesPattern(words: string | undefined): RegExp {
  return words === undefined
    ? /(?!)/
    : new RegExp(`(?:^|[-_.: ])(?:${alternatives(words, "[a-z0-9]*")})(?=$|[-_.: ])`);
}

function familyPattern(words: string | undefined): RegExp {
  return words === undefined ? /(?!)/ : new RegExp(`^(?:${alternatives(words, "[a-z0-9-]*")})$`);
}

function alternatives(words: string, anyMore: string): string {
  return words
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll("*", anyMore))
    .join("|");
}
