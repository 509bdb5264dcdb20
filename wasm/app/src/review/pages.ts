/**
 * The page view of a PDF: pictures of the pages, with boxes where the engine says that values stand. Only pages near the
 * window are drawn.
 */

import type { PDFPageProxy } from "pdfjs-dist";
import type { Box, Place } from "subrosa";
import { h, setText } from "../dom.ts";
import { t } from "../i18n/index.ts";
import { Slicer } from "../slices.ts";
import { dressMark, markLabel, replacementOf } from "./draw.ts";
import { openPdf, type OpenPdf } from "./pdf.ts";
import { reveal, type Chosen, type View } from "./reading.ts";
import type { ReviewSession } from "./session.ts";
import { locate, type PageWords } from "./page-words.ts";

const STEP = 100;
/** Pages whose picture is kept. */
const KEPT = 6;

interface Sheet {
  readonly number: number;
  readonly element: HTMLElement;
  readonly picture: HTMLElement;
  readonly words: HTMLElement;
  readonly boxes: HTMLElement;
  page: PDFPageProxy | null;
  near: boolean;
  state: "empty" | "drawing" | "drawn" | "failed";
  cancel: (() => void) | null;
  /** In points. */
  width: number;
  height: number;
  dirty: boolean;
}

export class PagesView implements View {
  readonly element = h("div", { class: "pages" });
  readonly #session: ReviewSession;
  readonly #scroller: HTMLElement;
  readonly #sheets: Sheet[] = [];
  readonly #byElement = new Map<Element, Sheet>();
  readonly #boxes = new Map<number, { readonly place: string; readonly box: Box }[]>();
  readonly #pageOf = new Map<string, number>();
  readonly #asked = new Map<string, string>();
  readonly #words = new Map<number, Promise<PageWords>>();
  readonly #resize: ResizeObserver;
  #observer: IntersectionObserver | null = null;
  #pdf: OpenPdf | null = null;
  #current: { place: string | null; ids: ReadonlySet<string> } = { place: null, ids: new Set() };
  #gone = false;
  #width = 0;
  #asking: Promise<void> = Promise.resolve();
  readonly ready: Promise<boolean>;

  constructor(session: ReviewSession, file: Blob, passwords: readonly string[], scroller: HTMLElement) {
    this.#session = session;
    this.#scroller = scroller;
    this.element.append(h("p", { class: "empty-text" }, t("pages.loading")));
    this.#resize = new ResizeObserver(() => this.#resized());
    this.ready = this.#open(file, passwords);
  }

  async #open(file: Blob, passwords: readonly string[]): Promise<boolean> {
    try {
      this.#pdf = await openPdf(file, passwords);
      if (this.#gone) return false;
      const first = await this.#pdf.document.getPage(1);
      const { width, height } = first.getViewport({ scale: 1 });
      this.element.replaceChildren();
      this.#measure();
      this.#observer = new IntersectionObserver((entries) => this.#moved(entries), { root: this.#scroller, rootMargin: "600px 0px" });
      const slicer = new Slicer();
      const all = this.#pdf.document.numPages;
      for (let number = 1; number <= all; number += 1) {
        if (this.#gone) return false;
        this.#add(number, all, width, height);
        await slicer.breathe();
      }
      this.#resize.observe(this.#scroller);
      await this.#askBoxes();
      return true;
    } catch {
      if (!this.#gone) this.element.replaceChildren(h("p", { class: "empty-text" }, t("pages.failed")));
      return false;
    }
  }

  #add(number: number, all: number, width: number, height: number): void {
    const picture = h("div", { class: "picture", "aria-hidden": true });
    const words = h("div", { class: "textLayer" });
    const boxes = h("div", { class: "boxes" });
    const element = h("section", { class: "sheet", data: { page: number }, "aria-label": t("pages.page", { page: number, pages: all }) }, picture, words, boxes, h("span", { class: "page-number", "aria-hidden": true }, String(number)));
    const sheet: Sheet = { number, element, picture, words, boxes, page: null, near: false, state: "empty", cancel: null, width, height, dirty: true };
    this.#sheets.push(sheet);
    this.#byElement.set(element, sheet);
    this.#size(sheet);
    this.element.append(element);
    this.#observer?.observe(element);
  }

  /** Asked once for all pages: asking after every page would lay out the document as often. */
  #measure(): void {
    this.#width = Math.min(Math.max(240, this.#scroller.clientWidth - 32), 860);
  }

  #size(sheet: Sheet): void {
    const width = this.#width;
    sheet.element.style.width = `${width}px`;
    sheet.element.style.height = `${(width * sheet.height) / sheet.width}px`;
  }

  #resized(): void {
    const before = this.#width;
    this.#measure();
    for (const sheet of this.#sheets) this.#size(sheet);
    if (Math.abs(before - this.#width) < 2) return;
    for (const sheet of this.#sheets) {
      if (sheet.state === "empty") continue;
      this.#wipe(sheet);
      if (sheet.near) void this.#draw(sheet);
    }
  }

  #moved(entries: readonly IntersectionObserverEntry[]): void {
    for (const entry of entries) {
      const sheet = this.#byElement.get(entry.target);
      if (!sheet) continue;
      sheet.near = entry.isIntersecting;
      if (sheet.near) {
        this.#layBoxes(sheet);
        void this.#draw(sheet);
      } else if (sheet.state === "drawing") {
        this.#wipe(sheet);
      }
    }
    const drawn = this.#sheets.filter(({ state }) => state === "drawn");
    for (const sheet of drawn.filter(({ near }) => !near).slice(0, Math.max(0, drawn.length - KEPT))) this.#wipe(sheet);
  }

  #wipe(sheet: Sheet): void {
    sheet.cancel?.();
    sheet.cancel = null;
    sheet.state = "empty";
    sheet.picture.replaceChildren();
    sheet.words.replaceChildren();
    sheet.page?.cleanup();
  }

  async #draw(sheet: Sheet): Promise<void> {
    if (!this.#pdf || sheet.state !== "empty") return;
    sheet.state = "drawing";
    try {
      const page = await this.#pdf.document.getPage(sheet.number);
      if (this.#gone || sheet.state !== "drawing") return;
      sheet.page = page;
      const natural = page.getViewport({ scale: 1 });
      if (natural.width !== sheet.width || natural.height !== sheet.height) {
        sheet.width = natural.width;
        sheet.height = natural.height;
        sheet.dirty = true;
        this.#size(sheet);
        this.#layBoxes(sheet);
      }
      const density = Math.min(devicePixelRatio || 1, 2);
      const viewport = page.getViewport({ scale: (this.#width / natural.width) * density });
      const canvas = h("canvas", { width: Math.floor(viewport.width), height: Math.floor(viewport.height) });
      const task = page.render({ canvas, viewport });
      sheet.cancel = () => task.cancel();
      sheet.picture.replaceChildren(canvas);
      await task.promise;
      sheet.cancel = null;
      if (sheet.state !== "drawing") return;
      sheet.state = "drawn";
      await this.#layWords(sheet, page);
    } catch {
      // Cancelled because the page went away, or a page that cannot be drawn: its boxes and its text are there all the same.
      if (sheet.state === "drawing") sheet.state = "failed";
    }
  }

  /** Invisible text over the picture, for selecting. */
  async #layWords(sheet: Sheet, page: PDFPageProxy): Promise<void> {
    const { TextLayer } = await import("pdfjs-dist/legacy/build/pdf.min.mjs");
    if (sheet.state !== "drawn") return;
    const scale = this.#width / sheet.width;
    sheet.words.style.setProperty("--total-scale-factor", String(scale));
    sheet.words.style.setProperty("--scale-factor", String(scale));
    const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: sheet.words, viewport: page.getViewport({ scale }) });
    sheet.cancel = () => layer.cancel();
    await layer.render();
    sheet.cancel = null;
  }

  /** Asks where places lie, for those that are new or moved. */
  #askBoxes(): Promise<void> {
    this.#asking = this.#asking.then(() => this.#ask()).catch(() => undefined);
    return this.#asking;
  }

  async #ask(): Promise<void> {
    const wanted: Place[] = [];
    const present = new Set<string>();
    for (const { place } of this.#session.allPlaces()) {
      present.add(place.id);
      const where = `${place.node}:${place.start}-${place.end}`;
      if (this.#asked.get(place.id) === where) continue;
      if (this.#asked.has(place.id)) this.#forget(place.id);
      this.#asked.set(place.id, where);
      wanted.push(place);
    }
    for (const id of [...this.#asked.keys()]) {
      if (present.has(id)) continue;
      this.#asked.delete(id);
      this.#forget(id);
    }
    wanted.sort((a, b) => this.#session.outline.order(a.node, a.start) - this.#session.outline.order(b.node, b.start));
    for (let at = 0; at < wanted.length && !this.#gone; at += STEP) {
      const found = await this.#session.review.boxes(wanted.slice(at, at + STEP).map((place) => place.id));
      const pages = new Set<number>();
      for (const [place, boxes] of found) {
        for (const box of boxes) {
          const there = this.#boxes.get(box.page);
          if (there) there.push({ place, box });
          else this.#boxes.set(box.page, [{ place, box }]);
          if (!this.#pageOf.has(place)) this.#pageOf.set(place, box.page);
          pages.add(box.page);
        }
      }
      for (const page of pages) this.#stale(page);
    }
    for (const sheet of this.#sheets) if (sheet.near) this.#layBoxes(sheet);
  }

  #forget(id: string): void {
    this.#pageOf.delete(id);
    for (const [page, list] of this.#boxes) {
      const left = list.filter(({ place }) => place !== id);
      if (left.length === list.length) continue;
      this.#boxes.set(page, left);
      this.#stale(page);
    }
  }

  #stale(page: number): void {
    const sheet = this.#sheets[page - 1];
    if (!sheet) return;
    sheet.dirty = true;
    if (sheet.near) this.#layBoxes(sheet);
  }

  #layBoxes(sheet: Sheet): void {
    if (!sheet.dirty) return;
    sheet.dirty = false;
    const buttons: HTMLElement[] = [];
    for (const { place: id, box } of this.#boxes.get(sheet.number) ?? []) {
      const spot = this.#session.spot(id);
      if (!spot) continue;
      const button = h("button", { type: "button", class: "box m", tabindex: -1, data: { place: id } }, h("span", { class: "box-text", "aria-hidden": true }));
      button.style.left = `${(box.x / sheet.width) * 100}%`;
      button.style.top = `${(box.y / sheet.height) * 100}%`;
      button.style.width = `${(box.width / sheet.width) * 100}%`;
      button.style.height = `${(box.height / sheet.height) * 100}%`;
      this.#dress(button, spot.place);
      buttons.push(button);
    }
    sheet.boxes.replaceChildren(...buttons);
  }

  #dress(button: HTMLElement, place: Place): void {
    dressMark(button, place);
    button.setAttribute("aria-label", markLabel(place));
    const covered = this.#session.preview && place.decision === "redact";
    button.classList.toggle("covered", covered);
    button.classList.toggle("current", place.id === this.#current.place);
    button.classList.toggle("same", place.id !== this.#current.place && this.#current.ids.has(place.id));
    const text = button.firstElementChild;
    if (text) setText(text, covered ? replacementOf(place) : "");
  }

  async show(place: Place): Promise<boolean> {
    await this.#asking;
    const page = this.#pageOf.get(place.id);
    const sheet = page === undefined ? undefined : this.#sheets[page - 1];
    if (!sheet) return false;
    this.#layBoxes(sheet);
    const box = sheet.boxes.querySelector(`[data-place="${CSS.escape(place.id)}"]`);
    reveal(box ?? sheet.element, this.#scroller);
    return true;
  }

  refresh(): void {
    void this.#askBoxes();
    this.#redress();
  }

  #redress(): void {
    for (const sheet of this.#sheets) {
      // Boxes of pages that are far are made anew when they come near.
      if (!sheet.near) {
        sheet.dirty = true;
        continue;
      }
      for (const button of sheet.boxes.querySelectorAll<HTMLElement>("button.box")) {
        const place = this.#session.spot(button.dataset["place"] ?? "")?.place;
        if (place) this.#dress(button, place);
      }
    }
  }

  redrawAll(): void {
    this.#redress();
  }

  highlight(place: Place | null, ids: ReadonlySet<string>): void {
    this.#current = { place: place?.id ?? null, ids };
    this.#redress();
  }

  /** Nothing at once: which text it is, has to be looked up. See `chosenSoon`. */
  chosen(): Chosen | null {
    return null;
  }

  /** What is selected on the picture, found again in the engine's own text of that page. */
  async chosenSoon(): Promise<Chosen | null> {
    const selection = getSelection();
    if (this.#session.preview || !selection || selection.isCollapsed || selection.rangeCount === 0) return null;
    const range = selection.getRangeAt(0);
    const start = range.startContainer;
    const sheetElement = (start instanceof Element ? start : start.parentElement)?.closest<HTMLElement>(".sheet");
    const sheet = sheetElement && this.#byElement.get(sheetElement);
    const text = selection.toString().trim();
    if (!sheet || text === "") return null;
    const before = document.createRange();
    before.setStart(sheet.words, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const rect = range.getBoundingClientRect();
    const words = await this.#pageWords(sheet.number);
    const found = locate(words, before.toString(), text);
    return found && { ...found, rect };
  }

  #pageWords(page: number): Promise<PageWords> {
    let words = this.#words.get(page);
    if (!words) {
      words = this.#readPage(page);
      this.#words.set(page, words);
    }
    return words;
  }

  async #readPage(page: number): Promise<PageWords> {
    const { outline, review } = this.#session;
    await outline.ready;
    // Sections are named for people; a page's is the one whose name ends with its number.
    const at = outline.sections.findIndex(({ name }) => new RegExp(`(^|\\D)${page}$`).test(name));
    const section = outline.sections[at];
    if (!section) return [];
    const end = outline.sections[at + 1]?.first ?? outline.count;
    return review.blocks(section.first, end - section.first);
  }

  rectOf(placeId: string): DOMRect | null {
    return this.element.querySelector(`[data-place="${CSS.escape(placeId)}"]`)?.getBoundingClientRect() ?? null;
  }

  step(by: 1 | -1): void {
    const target = this.#sheets[Math.max(0, Math.min(this.#sheets.length - 1, this.pageInView() - 1 + by))];
    target?.element.scrollIntoView({ block: "start" });
  }

  pageInView(): number {
    const outer = this.#scroller.getBoundingClientRect();
    const middle = outer.top + outer.height / 3;
    return this.#sheets.find(({ element }) => element.getBoundingClientRect().bottom > middle)?.number ?? this.#sheets.length;
  }

  get pages(): number {
    return this.#sheets.length;
  }

  dispose(): void {
    this.#gone = true;
    this.#observer?.disconnect();
    this.#resize.disconnect();
    for (const sheet of this.#sheets) sheet.cancel?.();
    void this.#pdf?.close();
  }
}
