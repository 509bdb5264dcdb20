/** The small bar beside what was clicked or selected in the document. Never a dialog: it goes when one goes on. */

import { h, icon } from "../dom.ts";
import { t } from "../i18n/index.ts";
import { kindName } from "../kinds.ts";
import { countInDocument } from "./find.ts";
import { guessKind, kindChooser } from "./kind-chooser.ts";
import type { Chosen } from "./reading.ts";
import type { ReviewSession, Spot } from "./session.ts";

export class ActBar {
  readonly element = h("div", { class: "act-bar", role: "toolbar", "aria-label": t("bar.label"), hidden: true });
  readonly #session: ReviewSession;
  readonly #frame: HTMLElement;
  #search: AbortController | null = null;
  #anchor: () => DOMRect | null = () => null;

  constructor(session: ReviewSession, frame: HTMLElement) {
    this.#session = session;
    this.#frame = frame;
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        this.hide();
        frame.querySelector<HTMLElement>(".scroller")?.focus();
      }
    });
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  hide(): void {
    this.#search?.abort();
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  /** For a place that is marked. */
  showPlace({ item, place }: Spot, anchor: () => DOMRect | null): void {
    const session = this.#session;
    const many = item.places.length > 1;
    const decide = (decision: "redact" | "keep", whole: boolean) => () => {
      session.decide(whole ? { item: item.id } : { place: place.id }, decision, [item]);
      this.hide();
    };
    this.element.replaceChildren(
      h("span", { class: "bar-text" }, kindName(place.entity)),
      h("button", { type: "button", class: "button small", "aria-pressed": place.decision === "redact", on: { click: decide("redact", true) } }, icon("remove"), many ? t("bar.remove-all", { n: item.places.length }) : t("act.remove")),
      h("button", { type: "button", class: "button small", "aria-pressed": place.decision === "keep", on: { click: decide("keep", true) } }, icon("keep"), many ? t("bar.keep-all", { n: item.places.length }) : t("act.keep")),
    );
    if (many) {
      const flip = place.decision === "redact" ? "keep" : "redact";
      this.element.append(h("button", { type: "button", class: "button small quiet", on: { click: decide(flip, false) } }, t(flip === "keep" ? "bar.keep-here" : "bar.remove-here")));
    }
    this.#close();
    this.#anchor = anchor;
    this.follow();
  }

  /** For text that was selected. */
  showChosen(chosen: Chosen): void {
    let entity = guessKind(chosen.text);
    const add = (everywhere: boolean) => () => {
      this.hide();
      getSelection()?.removeAllRanges();
      void this.#session.add(chosen, entity, everywhere);
    };
    const all = h("button", { type: "button", class: "button small primary", on: { click: add(true) } }, t("bar.add-all-unknown"));
    this.element.replaceChildren(
      h("span", { class: "bar-text" }, `“${chosen.text.length > 28 ? `${chosen.text.slice(0, 28)}…` : chosen.text}”`),
      kindChooser(entity, (next) => (entity = next), t("bar.kind")),
      h("button", { type: "button", class: "button small", on: { click: add(false) } }, t("bar.add-here")),
      all,
    );
    this.#close();
    this.#anchor = () => {
      const selection = getSelection();
      return selection && selection.rangeCount > 0 && !selection.isCollapsed ? selection.getRangeAt(0).getBoundingClientRect() : chosen.rect;
    };
    this.follow();
    this.#search?.abort();
    const { signal } = (this.#search = new AbortController());
    void countInDocument(this.#session.review, chosen.text, signal).then((n) => {
      if (!signal.aborted) all.textContent = t("bar.add-all", { n: Math.max(1, n) });
    });
  }

  #close(): void {
    this.element.append(h("button", { type: "button", class: "button small quiet only-icon", "aria-label": t("close"), on: { click: () => this.hide() } }, icon("close")));
  }

  /** Stays beside what it is about while that moves; goes when that is out of sight. */
  follow(): void {
    const rect = this.#anchor();
    const frame = this.#frame.getBoundingClientRect();
    if (!rect || rect.bottom < frame.top || rect.top > frame.bottom) return this.hide();
    this.element.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const left = Math.max(8, Math.min(frame.width - width - 8, rect.left - frame.left));
    const below = rect.bottom - frame.top + 8;
    const top = below + height < frame.height - 8 ? below : Math.max(8, rect.top - frame.top - height - 8);
    this.element.style.left = `${left}px`;
    this.element.style.top = `${top}px`;
  }
}
