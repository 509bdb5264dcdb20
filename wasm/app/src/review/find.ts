/** Finds text in the document, and adds it to what goes: the way to add without a mouse. */

import type { Review } from "subrosa";
import { announce } from "../announce.ts";
import { h, icon, setText } from "../dom.ts";
import { t } from "../i18n/index.ts";
import { Slicer } from "../slices.ts";
import { guessKind, kindChooser } from "./kind-chooser.ts";
import type { ReviewSession } from "./session.ts";

const STEP = 400;
/** Matches that are looked at one by one; more are only counted. */
const LISTED = 500;

export interface Match {
  readonly block: number;
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly value: string;
  readonly after: string;
}

/** Where the text stands, whatever its case. */
export async function* findInDocument(review: Review, text: string, signal: AbortSignal): AsyncGenerator<Match> {
  const wanted = text.toLowerCase();
  const slicer = new Slicer();
  for (let from = 0; from < review.blockCount && !signal.aborted; from += STEP) {
    const blocks = await review.blocks(from, STEP);
    for (const [offset, block] of blocks.entries()) {
      const lower = block.text.toLowerCase();
      // Signs that change their length with their case would shift what follows.
      const searched = lower.length === block.text.length ? lower : block.text;
      for (let at = searched.indexOf(wanted); at >= 0; at = searched.indexOf(wanted, at + wanted.length)) {
        const end = at + wanted.length;
        yield { block: from + offset, node: block.node, start: block.start + at, end: block.start + end, before: block.text.slice(Math.max(0, at - 32), at), value: block.text.slice(at, end), after: block.text.slice(end, end + 32) };
      }
      // As a cell shows it: then it is the whole cell.
      const asShown = block.shown?.toLowerCase().includes(wanted) && !searched.includes(wanted);
      if (asShown) yield { block: from + offset, node: block.node, start: block.start, end: block.end, before: "", value: block.shown ?? block.text, after: "" };
    }
    await slicer.breathe();
  }
}

export async function countInDocument(review: Review, text: string, signal: AbortSignal): Promise<number> {
  let n = 0;
  try {
    for await (const match of findInDocument(review, text, signal)) if (match.end > match.start) n += 1;
  } catch {
    // The review ended: nobody looks at the count any more.
  }
  return n;
}

export class FindBar {
  readonly element: HTMLElement;
  readonly #session: ReviewSession;
  readonly #input = h("input", { type: "search", class: "field-input", "aria-label": t("find.label"), placeholder: t("find.label") });
  readonly #status = h("span", { class: "find-status" });
  readonly #quote = h("p", { class: "quote find-quote" });
  readonly #kind = h("div", { class: "find-kind" });
  readonly #add = h("button", { type: "button", class: "button small", on: { click: () => this.#addNow(false) } }, t("bar.add-here"));
  readonly #addAll = h("button", { type: "button", class: "button small primary", on: { click: () => this.#addNow(true) } }, t("bar.add-all-unknown"));
  readonly #go: (match: Match) => void;
  #matches: Match[] = [];
  #total = 0;
  #at = 0;
  #entity = "PERSON";
  #search = new AbortController();

  constructor(session: ReviewSession, go: (match: Match) => void, closed: () => void) {
    this.#session = session;
    this.#go = go;
    const step = (by: number): HTMLElement =>
      h("button", { type: "button", class: "button small quiet only-icon", "aria-label": t(by > 0 ? "find.next" : "find.previous"), on: { click: () => this.#step(by) } }, icon(by > 0 ? "down" : "up"));
    this.element = h("form", { class: "find", role: "search", "aria-label": t("find.title"), hidden: true, on: {
      submit: (event) => {
        event.preventDefault();
        this.#step(1);
      },
      keydown: (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        this.hide();
        closed();
      },
    } },
    h("div", { class: "find-line" }, h("div", { class: "with-icon" }, icon("search"), this.#input), step(-1), step(1), this.#status, h("button", { type: "button", class: "button small quiet only-icon", "aria-label": t("close"), on: { click: () => {
      this.hide();
      closed();
    } } }, icon("close"))),
    this.#quote,
    h("div", { class: "find-line adding" }, this.#kind, this.#add, this.#addAll));
    let timer: ReturnType<typeof setTimeout> | undefined;
    this.#input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => void this.#look(), 160);
    });
    this.#show();
  }

  show(text = ""): void {
    this.element.hidden = false;
    if (text !== "") {
      this.#input.value = text;
      void this.#look();
    }
    this.#input.focus();
    this.#input.select();
  }

  hide(): void {
    this.#search.abort();
    this.element.hidden = true;
  }

  async #look(): Promise<void> {
    this.#search.abort();
    this.#search = new AbortController();
    const { signal } = this.#search;
    const text = this.#input.value.trim();
    this.#matches = [];
    this.#total = 0;
    this.#at = 0;
    this.#entity = guessKind(text);
    this.#kind.replaceChildren(kindChooser(this.#entity, (entity) => (this.#entity = entity), t("bar.kind")));
    if (text.length >= 2) {
      for await (const match of findInDocument(this.#session.review, text, signal)) {
        if (signal.aborted) return;
        this.#total += 1;
        if (this.#matches.length < LISTED) this.#matches.push(match);
        if (this.#total === 1) this.#show();
      }
      if (signal.aborted) return;
      announce(t("find.count", { n: this.#total }));
    }
    this.#show();
    const first = this.#matches[0];
    if (first) this.#go(first);
  }

  #step(by: number): void {
    if (this.#matches.length === 0) return;
    this.#at = (this.#at + by + this.#matches.length) % this.#matches.length;
    this.#show();
    const match = this.#matches[this.#at];
    if (match) this.#go(match);
  }

  #show(): void {
    const match = this.#matches[this.#at];
    const asked = this.#input.value.trim().length >= 2;
    setText(this.#status, match ? t("find.at", { at: this.#at + 1, n: this.#total }) : asked ? t("find.none") : "");
    this.#quote.replaceChildren(...(match ? [`…${match.before}`, h("b", {}, match.value), `${match.after}…`] : []));
    this.#quote.hidden = !match;
    for (const button of [this.#add, this.#addAll]) button.disabled = !match;
    this.#kind.hidden = !match;
    setText(this.#addAll, match ? t("bar.add-all", { n: this.#total }) : t("bar.add-all-unknown"));
  }

  #addNow(everywhere: boolean): void {
    const match = this.#matches[this.#at];
    if (match) void this.#session.add(match, this.#entity, everywhere).then((n) => {
      if (n === 0) announce(t("find.already"));
    });
  }
}
