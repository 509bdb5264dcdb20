/**
 * A picture, on which a person draws what has to go: by dragging, by a click on two corners, or with a button and the arrow keys.
 * What is drawn is painted over in the file; what a program could read of the picture plays no part here.
 */

import type { Box, Place } from "subrosa";
import { announce } from "../announce.ts";
import { h, icon } from "../dom.ts";
import { t } from "../i18n/index.ts";
import type { Chosen, View } from "./reading.ts";
import type { ReviewSession } from "./session.ts";

/** Below this many pixels of the screen a drag is a click. */
const CLICK = 5;
/** Of the picture's width, that an arrow key moves or widens an area by. */
const STEP = 0.02;

type Corner = { readonly x: number; readonly y: number };

export class PictureView implements View {
  readonly element: HTMLElement;
  readonly #session: ReviewSession;
  readonly #url: string;
  readonly #image: HTMLImageElement;
  readonly #sheet = h("div", { class: "picture-sheet" });
  readonly #areas = h("div", { class: "picture-areas" });
  readonly #draft = h("div", { class: "picture-draft", hidden: true });
  readonly #count = h("span", { class: "muted" });
  readonly #clear: HTMLButtonElement;
  /** Where a drag, or the first of two clicks, began; in pixels of the picture. */
  #from: Corner | null = null;
  #dragging = false;
  #focus = -1;

  constructor(session: ReviewSession, file: Blob) {
    this.#session = session;
    this.#url = URL.createObjectURL(file);
    this.#image = h("img", { class: "drawn-on", src: this.#url, alt: t("picture.alt"), draggable: "false" });
    this.#clear = h("button", { type: "button", class: "button small quiet", on: { click: () => this.#set([]) } }, t("picture.clear"));
    const add = h("button", { type: "button", class: "button small", on: { click: () => this.#addInTheMiddle() } }, icon("plus"), t("picture.add"));
    const whole = h("button", { type: "button", class: "button small", on: { click: () => this.#set([{ page: 1, x: 0, y: 0, ...this.#size() }]) } }, t("picture.whole"));
    this.#sheet.append(this.#image, this.#areas, this.#draft);
    this.element = h("div", { class: "picture-view" },
      h("p", { class: "notice" }, icon("eye"), h("span", {}, t("picture.note"))),
      h("div", { class: "wrap picture-tools" }, add, whole, this.#clear, this.#count),
      this.#sheet);
    this.#image.addEventListener("load", () => this.refresh());
    this.#image.addEventListener("error", () => this.#sheet.replaceChildren(h("p", { class: "empty-text" }, t("picture.unshown"))));
    this.#sheet.addEventListener("pointerdown", (event) => this.#down(event));
    this.#sheet.addEventListener("pointermove", (event) => this.#move(event));
    this.#sheet.addEventListener("pointerup", (event) => this.#up(event));
    this.#sheet.addEventListener("pointercancel", () => this.#stop());
    this.#areas.addEventListener("keydown", (event) => this.#key(event));
    this.refresh();
  }

  #size(): { readonly width: number; readonly height: number } {
    return { width: Math.max(1, this.#image.naturalWidth), height: Math.max(1, this.#image.naturalHeight) };
  }

  refresh(): void {
    const { areas } = this.#session.review;
    const { width, height } = this.#size();
    this.#areas.replaceChildren(...areas.map((area, at) => {
      const box = h("button", { type: "button", class: "picture-area", "aria-label": t("picture.area", { n: at + 1 }), title: t("picture.area-keys"), data: { area: at } }, h("span", { class: "picture-remove", "aria-hidden": true, data: { remove: at } }, icon("close")));
      place(box, area, width, height);
      return box;
    }));
    this.#clear.hidden = areas.length === 0;
    this.#count.textContent = t("picture.count", { n: areas.length });
    if (this.#focus >= 0) this.#areas.querySelector<HTMLElement>(`[data-area="${this.#focus}"]`)?.focus();
  }

  redrawAll(): void {
    this.refresh();
  }

  #set(areas: readonly Box[], focus = -1): void {
    this.#focus = focus;
    this.#session.cover(areas);
  }

  #addInTheMiddle(): void {
    const { width, height } = this.#size();
    const { areas } = this.#session.review;
    this.#set([...areas, { page: 1, x: Math.round(width * 0.35), y: Math.round(height * 0.45), width: Math.round(width * 0.3), height: Math.max(1, Math.round(height * 0.1)) }], areas.length);
    announce(t("picture.area-keys"));
  }

  #at(event: PointerEvent): Corner {
    const shown = this.#image.getBoundingClientRect();
    const { width, height } = this.#size();
    const within = (at: number, most: number): number => Math.max(0, Math.min(most, at));
    return { x: within(((event.clientX - shown.left) / shown.width) * width, width), y: within(((event.clientY - shown.top) / shown.height) * height, height) };
  }

  #down(event: PointerEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    if (event.button !== 0 || !this.#image.complete) return;
    const removed = target?.closest<HTMLElement>("[data-remove]")?.dataset["remove"];
    if (removed !== undefined) return this.#set(this.#session.review.areas.filter((_, at) => at !== Number(removed)));
    if (target?.closest(".picture-area")) return;
    event.preventDefault();
    this.#dragging = true;
    this.#sheet.setPointerCapture(event.pointerId);
    this.#from ??= this.#at(event);
    this.#show(this.#at(event));
  }

  #move(event: PointerEvent): void {
    if (this.#from) this.#show(this.#at(event));
  }

  #up(event: PointerEvent): void {
    if (!this.#dragging || !this.#from) return;
    this.#dragging = false;
    const area = between(this.#from, this.#at(event));
    const scale = this.#image.getBoundingClientRect().width / this.#size().width;
    if (area.width * scale < CLICK || area.height * scale < CLICK) {
      // A first corner: the next click is the other one.
      announce(t("picture.corner"));
      return;
    }
    this.#stop();
    this.#set([...this.#session.review.areas, area]);
  }

  #stop(): void {
    this.#from = null;
    this.#dragging = false;
    this.#draft.hidden = true;
  }

  #show(to: Corner): void {
    if (!this.#from) return;
    const { width, height } = this.#size();
    this.#draft.hidden = false;
    place(this.#draft, between(this.#from, to), width, height);
  }

  #key(event: KeyboardEvent): void {
    const at = Number((event.target as HTMLElement).dataset["area"]);
    const { areas } = this.#session.review;
    const area = areas[at];
    if (!area || event.ctrlKey || event.metaKey || event.altKey) return;
    const { width, height } = this.#size();
    const step = Math.max(1, Math.round(width * STEP));
    const [dx, dy] = ({ ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] } as Record<string, [number, number]>)[event.key] ?? [0, 0];
    if (event.key === "Delete" || event.key === "Backspace") this.#set(areas.filter((_, other) => other !== at), Math.min(at, areas.length - 2));
    else if (dx !== 0 || dy !== 0) {
      const next = event.shiftKey
        ? { ...area, width: clamp(area.width + dx, 1, width - area.x), height: clamp(area.height + dy, 1, height - area.y) }
        : { ...area, x: clamp(area.x + dx, 0, width - area.width), y: clamp(area.y + dy, 0, height - area.height) };
      this.#set(areas.map((other, index) => (index === at ? next : other)), at);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  show(): Promise<boolean> {
    return Promise.resolve(false);
  }

  highlight(_place: Place | null): void {
    // Places are texts; a picture has none that a browser can read.
  }

  chosen(): Chosen | null {
    return null;
  }

  rectOf(): DOMRect | null {
    return null;
  }

  step(): void {
    // One sheet.
  }

  dispose(): void {
    URL.revokeObjectURL(this.#url);
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

function between(one: Corner, other: Corner): Box {
  const [x, y] = [Math.floor(Math.min(one.x, other.x)), Math.floor(Math.min(one.y, other.y))];
  return { page: 1, x, y, width: Math.ceil(Math.max(one.x, other.x)) - x, height: Math.ceil(Math.max(one.y, other.y)) - y };
}

function place(element: HTMLElement, area: Box, width: number, height: number): void {
  const part = (of: number, all: number): string => `${(of / all) * 100}%`;
  element.style.left = part(area.x, width);
  element.style.top = part(area.y, height);
  element.style.width = part(area.width, width);
  element.style.height = part(area.height, height);
}
