import { fail } from "./error.js";

/** A span that must not be cut. */
export interface Spanned {
  readonly start: number;
  readonly end: number;
}

/** A window on a long text: `text` from `from` to `to` is to be given out; what stands before and after is there to be read. */
export interface Looked<F extends Spanned> {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Offset of `text` in the whole. */
  readonly at: number;
  /** All of the window, those outside of `from` to `to` too. */
  readonly findings: readonly F[];
}

export interface Sizes {
  /** A window is looked at when there is this much new text. UTF-16 units, like the rest. */
  readonly piece: number;
  /** How much is read again before a cut, */
  readonly before: number;
  /** and has to be there after it. */
  readonly after: number;
  /** A text without a place to cut at in this many units is refused. */
  readonly most: number;
}

const SIZES: Sizes = { piece: 1 << 17, before: 1024, after: 2048, most: 1 << 21 };
/** Where a text is cut, best first, and how much of a window may be left for the next to cut there. */
const CUTS: readonly { readonly at: string; readonly least: number }[] = [
  { at: "\n\n", least: 0.5 },
  { at: "\n\r\n", least: 0.5 },
  { at: "\n", least: 0.5 },
  { at: " ", least: 0 },
];

/**
 * Cuts a text that does not fit, at ends of paragraphs where there are any, and never through a finding. Each part is looked at
 * with some of the text around it.
 */
export class Windows<F extends Spanned> {
  readonly #look: (text: string) => Promise<readonly F[]>;
  readonly #sizes: Sizes;
  #text = "";
  #from = 0;
  #at = 0;
  #wanted: number;

  constructor(look: (text: string) => Promise<readonly F[]>, sizes: Sizes = SIZES) {
    this.#look = look;
    this.#sizes = sizes;
    this.#wanted = sizes.piece;
  }

  async *push(chunk: string): AsyncGenerator<Looked<F>> {
    const { piece, after, most } = this.#sizes;
    for (let given = 0; given < chunk.length; ) {
      // A long chunk is taken up in parts, so that a window has its size whatever the source gives.
      const taken = chunk.slice(given, given + Math.max(1, this.#from + this.#wanted + after - this.#text.length));
      given += taken.length;
      this.#text += taken;
      if (this.#text.length < this.#from + this.#wanted + after) continue;
      const findings = await this.#look(this.#text);
      const to = this.#cut(findings);
      if (to !== undefined) {
        yield this.#give(to, findings);
        this.#wanted = piece;
      } else if (this.#wanted >= most) throw fail("limit", "The text has no place where it could be cut: it has to be redacted as a file.");
      else this.#wanted *= 2;
    }
  }

  async *end(): AsyncGenerator<Looked<F>> {
    if (this.#text.length > this.#from) yield this.#give(this.#text.length, await this.#look(this.#text));
  }

  #give(to: number, findings: readonly F[]): Looked<F> {
    const looked = { text: this.#text, from: this.#from, to, at: this.#at, findings };
    const line = this.#text.indexOf("\n", Math.max(0, to - this.#sizes.before)) + 1;
    const start = line > 0 && line < to ? line : to - Math.min(this.#sizes.before, to);
    this.#at += start;
    this.#text = this.#text.slice(start);
    this.#from = to - start;
    return looked;
  }

  #cut(findings: readonly Spanned[]): number | undefined {
    const last = this.#text.length - this.#sizes.after;
    for (const { at, least } of CUTS) {
      const first = this.#from + Math.max(1, Math.floor((last - this.#from) * least));
      let to = end(this.#text, at, last);
      while (to >= first) {
        const inside = findings.find(({ start, end }) => start < to && to < end);
        if (!inside) return to;
        to = end(this.#text, at, inside.start);
      }
    }
    return undefined;
  }
}

/** The end of the last `mark` that ends at or before `limit`. */
function end(text: string, mark: string, limit: number): number {
  const at = limit < mark.length ? -1 : text.lastIndexOf(mark, limit - mark.length);
  return at < 0 ? -1 : at + mark.length;
}
