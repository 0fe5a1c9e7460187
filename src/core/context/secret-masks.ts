import { escapeRegExp } from "../../base/escape-reg-exp";
import { Lines } from "../../base/text/lines";

/**
 * Finds secrets in a text. @returns each as it stands there; empty where there is none. May reject.
 */
export interface SecretFinder {
  find(text: string): Promise<readonly string[]>;
}

/** A shorter piece of a secret is found in too many places that are none. */
const leastCharacters = 6;

/**
 * What stands for secrets in everything that is sent, and for the way back. The same secret has the
 * same mask for the life of this object, so that a prompt about the same place is the same bytes. A
 * mask is one word, `HIDDEN_q7d_1`, that stays whole in any string or configuration file; the
 * letters differ from start to start, so that a mask in an old talk is never taken for another
 * secret.
 */
export class SecretMasks {
  readonly #finder: SecretFinder;
  readonly #isOn: () => boolean;
  readonly #letters = lettersOf(crypto.randomUUID());
  readonly #maskOf = new Map<string, string>();
  readonly #secretOf = new Map<string, string>();

  /** @param isOn read at every request: the person may insist on sending what is there. */
  constructor(finder: SecretFinder, isOn: () => boolean = () => true) {
    this.#finder = finder;
    this.#isOn = isOn;
  }

  /**
   * Learns the secrets of a text that is about to be sent. Rejects when it cannot be told whether
   * there are any.
   */
  async learn(text: string): Promise<void> {
    if (!this.#isOn()) return;
    for (const secret of await this.#finder.find(text)) this.add(secret);
  }

  /**
   * Hides a secret from now on; one of several lines line by line, so that the text keeps its
   * lines.
   */
  add(secret: string): void {
    for (const line of Lines.of(secret).bare) {
      const hidden = line.trim();
      if (hidden.length < leastCharacters || isMark(hidden) || this.#maskOf.has(hidden)) continue;
      const mask = `HIDDEN_${this.#letters}_${this.#maskOf.size + 1}`;
      this.#maskOf.set(hidden, mask);
      this.#secretOf.set(mask, hidden);
    }
  }

  /** The text with every secret that is known hidden in it; as many lines as before. */
  hide(text: string): string {
    if (this.#maskOf.size === 0 || !this.#isOn()) return text;
    // The longer first: one secret may be a part of another.
    const secrets = [...this.#maskOf.keys()].sort((one, other) => other.length - one.length);
    const any = new RegExp(secrets.map(escapeRegExp).join("|"), "g");
    return text.replace(any, (secret) => this.#maskOf.get(secret) ?? secret);
  }

  /** How many different secrets a text hides. */
  hiddenIn(text: string): number {
    return new Set((text.match(this.#mask()) ?? []).filter((mask) => this.#secretOf.has(mask)))
      .size;
  }

  /** A text that a model wrote, with the secrets where their masks stand. */
  reveal(text: string): string {
    return text.replace(this.#mask(), (mask) => this.#secretOf.get(mask) ?? mask);
  }

  /**
   * A mask with which an edit must not be written: one that stands for nothing, such as one that
   * the model made up, one of an earlier start or one cut in two, or one whose secret is another
   * file's.
   * @param text what would be written, with its secrets.
   * @param answer the model's own words, with the masks.
   * @param own texts whose secrets may be written: the file itself, and what the person said.
   */
  strayIn(text: string, answer: string, own: readonly string[]): string | undefined {
    const isOwn = (part: string): boolean => own.some((each) => each.includes(part));
    const unknown = text.match(/HIDDEN_[a-z\d]{3}_(?:\d+)?/g)?.find((mask) => !isOwn(mask));
    if (unknown !== undefined) return unknown;
    return answer.match(this.#mask())?.find((mask) => {
      const secret = this.#secretOf.get(mask);
      return secret !== undefined && text.includes(secret) && !isOwn(secret);
    });
  }

  #mask(): RegExp {
    return new RegExp(`HIDDEN_${this.#letters}_\\d+`, "g");
  }
}

/** The first and last line of a key in PEM say nothing that is secret. */
function isMark(line: string): boolean {
  return /^-----(?:BEGIN|END) [A-Z ]+-----$/.test(line);
}

function lettersOf(id: string): string {
  return id.replaceAll("-", "").slice(0, 3);
}
