/**
 * The reading view: the document's text in its own order and shape. Drawn in pieces as they come near the window, and
 * taken away again when they are far, so that a long document costs no more than a short one.
 */

import type { Block, Place } from "subrosa";
import { h } from "../dom.ts";
import { t } from "../i18n/index.ts";
import { pause } from "../slices.ts";
import { dressMark, drawBlocks } from "./draw.ts";
import type { ReviewSession } from "./session.ts";

/** Blocks drawn together. Tables are drawn by more, since each piece repeats the names of the columns. */
const PIECE = 40;
const TABLE_PIECE = 400;
/** A row that begins in a piece ends in it, up to this many cells. */
const ROW = 100;
const TABULAR: ReadonlySet<string> = new Set(["csv", "tsv", "xlsx", "ods", "xls"]);
/** Pieces that stay drawn. */
const KEPT = 40;
const LINE = 28;

interface Piece {
  readonly at: number;
  readonly element: HTMLElement;
  /** The engine's blocks while the piece is drawn, so that a changed decision shows at once: those of the piece, led by the one before. */
  blocks: readonly Block[] | null;
  drawing: Promise<void> | null;
  near: boolean;
  nodes: Set<number>;
}

/** A selection in the text, in the segment's units. */
export interface Chosen {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly rect: DOMRect;
}

export interface View {
  readonly element: HTMLElement;
  /** Brings a place to the middle. False where this view cannot show it. */
  show(place: Place): Promise<boolean>;
  /** Decisions or values changed. */
  refresh(): void;
  /** Marks the place that the cursor is on. */
  highlight(place: Place | null, ids: ReadonlySet<string>): void;
  chosen(): Chosen | null;
  /** The rectangle of a place that is drawn. */
  rectOf(placeId: string): DOMRect | null;
  step(by: 1 | -1): void;
  dispose(): void;
}

export class ReadingView implements View {
  readonly element: HTMLElement;
  readonly #session: ReviewSession;
  readonly #pieces: Piece[] = [];
  readonly #byElement = new Map<Element, Piece>();
  readonly #observer: IntersectionObserver;
  readonly #drawn: Piece[] = [];
  readonly #scroller: HTMLElement;
  readonly #size: number;
  #shown = new Map<string, string>();
  #gone = false;

  constructor(session: ReviewSession, scroller: HTMLElement) {
    this.#session = session;
    this.#scroller = scroller;
    this.#size = TABULAR.has(session.review.format) ? TABLE_PIECE : PIECE;
    this.element = h("div", { class: "reading" });
    this.#observer = new IntersectionObserver((entries) => this.#moved(entries), { root: scroller, rootMargin: "900px 0px" });
    this.#remember();
    if (session.review.blockCount === 0) this.element.append(h("p", { class: "empty-text" }, t("document.empty")));
    else void this.#lay();
  }

  async #lay(): Promise<void> {
    const count = this.#session.review.blockCount;
    for (let at = 0; at < count && !this.#gone; at += this.#size) {
      const piece: Piece = { at, element: h("div", { class: "piece" }), blocks: null, drawing: null, near: false, nodes: new Set() };
      this.#guess(piece);
      this.#pieces.push(piece);
      this.#byElement.set(piece.element, piece);
      this.element.append(piece.element);
      this.#observer.observe(piece.element);
      if (this.#pieces.length % 60 === 0) await pause();
    }
  }

  #guess(piece: Piece): void {
    let height = 0;
    const { outline } = this.#session;
    const end = Math.min(piece.at + this.#size, outline.count);
    for (let at = piece.at; at < end; at += 1) height += LINE * Math.max(1, Math.ceil(outline.lengthOf(at) / 85));
    piece.element.style.height = `${height}px`;
  }

  #moved(entries: readonly IntersectionObserverEntry[]): void {
    for (const entry of entries) {
      const piece = this.#byElement.get(entry.target);
      if (!piece) continue;
      piece.near = entry.isIntersecting;
      if (piece.near) void this.#draw(piece);
    }
  }

  #draw(piece: Piece): Promise<void> {
    if (piece.blocks) return Promise.resolve();
    piece.drawing ??= this.#fill(piece).finally(() => {
      piece.drawing = null;
    });
    return piece.drawing;
  }

  async #fill(piece: Piece): Promise<void> {
    const from = Math.max(0, piece.at - 1);
    const blocks = await this.#session.review.blocks(from, this.#size + piece.at - from + ROW).catch(() => []);
    if (this.#gone) return;
    piece.blocks = blocks;
    this.#drawn.push(piece);
    this.#paint(piece, blocks);
    this.#clear();
  }

  #paint(piece: Piece, blocks: readonly Block[]): void {
    const before = piece.at > 0 ? blocks[0] : undefined;
    const own = wholeRows(piece.at > 0 ? blocks.slice(1) : [...blocks], this.#size, before);
    piece.nodes = new Set(own.map((block) => block.node));
    const session = this.#session;
    piece.element.replaceChildren(drawBlocks(own, before, { placesOf: (node) => session.placesOf(node), preview: session.preview, tabular: TABULAR.has(session.review.format) }));
    piece.element.style.height = "";
    this.#paintCurrent(piece.element);
  }

  #empty(piece: Piece): void {
    piece.element.style.height = `${piece.element.offsetHeight}px`;
    piece.element.replaceChildren();
    piece.blocks = null;
    this.#drawn.splice(this.#drawn.indexOf(piece), 1);
  }

  /** Takes away the oldest pieces that are far from the window. */
  #clear(): void {
    for (let at = 0; this.#drawn.length > KEPT && at < this.#drawn.length; ) {
      const piece = this.#drawn[at];
      if (!piece || piece.near) {
        at += 1;
        continue;
      }
      this.#empty(piece);
    }
  }

  async show(place: Place): Promise<boolean> {
    const { outline } = this.#session;
    let at = outline.find(place.node, place.start);
    if (at < 0) {
      await outline.ready;
      at = outline.find(place.node, place.start);
    }
    if (at < 0) return false;
    // A row's last cells can be drawn with the piece that its first is in.
    let mark: HTMLElement | null = null;
    for (const piece of [this.#pieces[Math.floor(at / this.#size)], this.#pieces[Math.floor(at / this.#size) - 1]]) {
      if (!piece || mark) continue;
      await this.#draw(piece);
      mark = piece.element.querySelector<HTMLElement>(`[data-place="${CSS.escape(place.id)}"]`);
    }
    if (!mark) return false;
    reveal(mark, this.#scroller);
    // Pieces above may take their real height only now: look once more when they have.
    await new Promise((resolve) => setTimeout(resolve, 120));
    if (mark.isConnected && !inside(mark, this.#scroller)) reveal(mark, this.#scroller);
    return true;
  }

  refresh(): void {
    const before = this.#shown;
    this.#remember();
    const stale = new Set<number>();
    const restyled: Place[] = [];
    for (const { place } of this.#session.allPlaces()) {
      const was = before.get(place.id);
      const is = this.#shown.get(place.id);
      before.delete(place.id);
      if (was === is) continue;
      if (was === undefined || was.split("|")[0] !== is?.split("|")[0] || this.#session.preview) stale.add(place.node);
      else restyled.push(place);
    }
    for (const gone of before.values()) stale.add(Number(gone.split("|")[1]));
    for (const place of restyled) {
      for (const mark of this.element.querySelectorAll<HTMLElement>(`[data-place="${CSS.escape(place.id)}"]`)) dressMark(mark, place);
    }
    if (stale.size > 0) this.#redraw((piece) => [...piece.nodes].some((node) => stale.has(node)));
  }

  /** The preview went on or off. */
  redrawAll(): void {
    this.#redraw(() => true);
  }

  #redraw(which: (piece: Piece) => boolean): void {
    for (const piece of [...this.#drawn]) {
      if (!which(piece)) continue;
      if (piece.near && piece.blocks) this.#paint(piece, piece.blocks);
      else this.#empty(piece);
    }
  }

  /** Position, node and look of every place, to see what changed. */
  #remember(): void {
    this.#shown = new Map();
    for (const { place } of this.#session.allPlaces()) {
      this.#shown.set(place.id, `${place.start}-${place.end}|${place.node}|${place.decision}|${place.entity}|${place.replacement ?? ""}`);
    }
  }

  #current: { place: string | null; ids: ReadonlySet<string> } = { place: null, ids: new Set() };

  highlight(place: Place | null, ids: ReadonlySet<string>): void {
    this.#current = { place: place?.id ?? null, ids };
    this.#paintCurrent(this.element);
  }

  #paintCurrent(root: HTMLElement): void {
    for (const mark of root.querySelectorAll<HTMLElement>("mark.current, mark.same")) mark.classList.remove("current", "same");
    for (const mark of root.querySelectorAll<HTMLElement>("mark[data-place]")) {
      const id = mark.dataset["place"] ?? "";
      if (id === this.#current.place) mark.classList.add("current");
      else if (this.#current.ids.has(id)) mark.classList.add("same");
    }
  }

  chosen(): Chosen | null {
    const selection = getSelection();
    if (this.#session.preview || !selection || selection.isCollapsed || selection.rangeCount === 0) return null;
    const range = selection.getRangeAt(0);
    if (!this.element.contains(range.commonAncestorContainer)) return null;
    const home = closest(range.startContainer);
    if (!home) return null;
    const base = Number(home.dataset["start"]);
    const whole = home.dataset["whole"];
    if (whole !== undefined) return { node: Number(home.dataset["node"]), start: base, end: base + whole.length, text: whole, rect: range.getBoundingClientRect() };
    const from = measure(home, range.startContainer, range.startOffset);
    const text = home.textContent ?? "";
    // A selection that runs over into the next block ends with this one.
    const to = home.contains(range.endContainer) ? measure(home, range.endContainer, range.endOffset) : text.length;
    const raw = text.slice(from, to);
    const lead = raw.length - raw.trimStart().length;
    const trimmed = raw.trim();
    if (trimmed === "") return null;
    return { node: Number(home.dataset["node"]), start: base + from + lead, end: base + from + lead + trimmed.length, text: trimmed, rect: range.getBoundingClientRect() };
  }

  rectOf(placeId: string): DOMRect | null {
    return this.element.querySelector(`[data-place="${CSS.escape(placeId)}"]`)?.getBoundingClientRect() ?? null;
  }

  /** To the next or previous section. */
  step(by: 1 | -1): void {
    const { sections } = this.#session.outline;
    const target = sections[Math.max(0, Math.min(sections.length - 1, this.sectionInView() + by))];
    if (target) this.goTo(target.first);
  }

  sectionInView(): number {
    const top = this.#scroller.getBoundingClientRect().top + 24;
    const piece = this.#pieces.find(({ element }) => element.getBoundingClientRect().bottom > top);
    const headings = [...this.element.querySelectorAll<HTMLElement>("h3.section")];
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top <= top + 8).at(-1);
    const { outline } = this.#session;
    const base = outline.sectionOf(piece?.at ?? 0);
    const name = passed?.querySelector<HTMLElement>("[data-section]")?.dataset["section"];
    for (let at = base; name && at < outline.sections.length; at += 1) if (outline.sections[at]?.name === name) return at;
    return base;
  }

  goTo(block: number): void {
    const piece = this.#pieces[Math.floor(block / this.#size)];
    if (!piece) return;
    const name = this.#session.outline.sections[this.#session.outline.sectionOf(block)]?.name;
    void this.#draw(piece).then(() => {
      const heading = [...piece.element.querySelectorAll("h3.section")].find((element) => element.querySelector<HTMLElement>("[data-section]")?.dataset["section"] === name);
      (heading ?? piece.element).scrollIntoView({ block: "start" });
    });
  }

  dispose(): void {
    this.#gone = true;
    this.#observer.disconnect();
  }
}

/** The blocks of a piece: without the rest of a row that began before, with the rest of the row that begins in it. */
function wholeRows(blocks: readonly Block[], size: number, before: Block | undefined): Block[] {
  const sameRow = (a: Block | undefined, b: Block | undefined): boolean => a !== undefined && b !== undefined && a.table !== undefined && a.table === b.table && a.row === b.row;
  let from = 0;
  while (from < Math.min(size, ROW) && sameRow(before, blocks[from])) from += 1;
  let to = Math.min(size, blocks.length);
  while (to < blocks.length && sameRow(blocks[to - 1], blocks[to])) to += 1;
  return blocks.slice(from, to);
}

function closest(node: Node): HTMLElement | null {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest<HTMLElement>("[data-node]") ?? null;
}

/** UTF-16 units of text in front of a point. */
function measure(home: HTMLElement, container: Node, offset: number): number {
  const range = document.createRange();
  range.setStart(home, 0);
  range.setEnd(container, offset);
  return range.toString().length;
}

function inside(element: Element, scroller: Element): boolean {
  const inner = element.getBoundingClientRect();
  const outer = scroller.getBoundingClientRect();
  return inner.top >= outer.top && inner.bottom <= outer.bottom;
}

/** Smoothly where it is near and the person has nothing against it. */
export function reveal(element: Element, scroller: Element): void {
  const inner = element.getBoundingClientRect();
  const outer = scroller.getBoundingClientRect();
  const far = Math.abs(inner.top - outer.top) > outer.height * 2;
  const still = far || matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", inline: "nearest", behavior: still ? "instant" : "smooth" });
}
