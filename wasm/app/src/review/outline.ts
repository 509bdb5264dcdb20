/**
 * Where everything stands in the document, without its text: read once in the background, so that a place can be found
 * and the height of what is not drawn can be guessed.
 */

import type { Block, Review } from "subrosa";
import { Slicer } from "../slices.ts";

const STEP = 400;

export interface Section {
  readonly name: string;
  readonly first: number;
  readonly visible: boolean;
}

export class Outline {
  readonly count: number;
  readonly sections: Section[] = [];
  /** Rises while the document is read. */
  known = 0;
  #node: Int32Array;
  #start: Int32Array;
  #length: Int32Array;
  #section: Int32Array;
  readonly #byNode = new Map<number, number[]>();
  readonly #review: Review;
  readonly #stop = new AbortController();
  readonly ready: Promise<void>;

  constructor(review: Review) {
    this.#review = review;
    this.count = review.blockCount;
    this.#node = new Int32Array(this.count);
    this.#start = new Int32Array(this.count);
    this.#length = new Int32Array(this.count);
    this.#section = new Int32Array(this.count);
    this.ready = this.#read();
  }

  dispose(): void {
    this.#stop.abort();
  }

  async #read(): Promise<void> {
    const slicer = new Slicer();
    try {
      while (this.known < this.count && !this.#stop.signal.aborted) {
        const blocks = await this.#review.blocks(this.known, STEP);
        if (blocks.length === 0) break;
        for (const block of blocks) this.#learn(block);
        await slicer.breathe();
      }
    } catch {
      // The review was ended meanwhile, or its engine was: the screen that shows it is gone or says so.
    }
  }

  #learn(block: Block): void {
    const at = this.known;
    const last = this.sections.at(-1);
    if (last?.name !== block.section) this.sections.push({ name: block.section, first: at, visible: block.visible });
    this.#node[at] = block.node;
    this.#start[at] = block.start;
    this.#length[at] = block.text.length;
    this.#section[at] = this.sections.length - 1;
    const there = this.#byNode.get(block.node);
    if (there) insert(there, at, (other) => (this.#start[other] ?? 0) <= block.start);
    else this.#byNode.set(block.node, [at]);
    this.known += 1;
  }

  /** The block that holds this offset of a segment; -1 while it is unknown. */
  find(node: number, offset: number): number {
    const blocks = this.#byNode.get(node);
    if (!blocks) return -1;
    // Blocks of one segment come in its order: the last that starts no later than the offset.
    let low = 0;
    let high = blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#start[blocks[middle] ?? 0] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return blocks[low] ?? -1;
  }

  /** For sorting by reading order. */
  order(node: number, offset: number): number {
    const at = this.find(node, offset);
    return at < 0 ? this.count : at;
  }

  lengthOf(block: number): number {
    return this.#length[block] ?? 60;
  }

  sectionOf(block: number): number {
    return this.#section[block] ?? 0;
  }
}

/** Nearly always at the end. */
function insert(list: number[], value: number, before: (other: number) => boolean): void {
  let at = list.length;
  while (at > 0 && !before(list[at - 1] ?? 0)) at -= 1;
  list.splice(at, 0, value);
}
