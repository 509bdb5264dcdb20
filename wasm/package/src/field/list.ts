import type { Catalogue, Decision } from "../types.js";
import { familyOf } from "./families.js";
import type { Strings } from "./strings.js";
import type { Value } from "./values.js";

/** Rows drawn at first; more on demand. */
const FIRST = 50;

/** The findings as a list of switches: everything the marks say, for those who do not see them. */
export class List {
  readonly element: HTMLUListElement;
  readonly #rows = new Map<string, Row>();
  readonly #decide: (key: string, decision: Decision) => void;
  readonly #look: (key: string | undefined) => void;
  #limit = FIRST;

  constructor(decide: (key: string, decision: Decision) => void, look: (key: string | undefined) => void) {
    this.#decide = decide;
    this.#look = look;
    this.element = document.createElement("ul");
    this.element.setAttribute("part", "list");
    // Without list style some screen readers no longer say that it is a list.
    this.element.setAttribute("role", "list");
    this.element.hidden = true;
  }

  show(values: readonly Value[], catalogue: Catalogue | undefined, strings: Strings): void {
    const shown = catalogue ? values.slice(0, this.#limit) : [];
    const keys = new Set(shown.map(({ key }) => key));
    for (const [key, row] of this.#rows) {
      if (keys.has(key)) continue;
      row.element.remove();
      this.#rows.delete(key);
    }
    let before: Element | null = this.element.firstElementChild;
    for (const value of shown) {
      let row = this.#rows.get(value.key);
      if (!row) {
        row = new Row(value.key, this.#decide, this.#look);
        this.#rows.set(value.key, row);
      }
      if (catalogue) row.show(value, catalogue, strings);
      if (row.element === before) before = before.nextElementSibling;
      else this.element.insertBefore(row.element, before);
    }
    for (let rest = before; rest; ) {
      const next: Element | null = rest.nextElementSibling;
      rest.remove();
      rest = next;
    }
    if (values.length > shown.length && catalogue) this.element.append(this.#more(values, catalogue, strings));
    attribute(this.element, "aria-label", strings.list);
    this.element.hidden = shown.length === 0;
  }

  /** Brings the row of a value into view and marks it. The focus stays where the person is. */
  choose(key: string | undefined): void {
    for (const [known, row] of this.#rows) row.element.classList.toggle("chosen", known === key);
    const row = key === undefined ? undefined : this.#rows.get(key);
    if (!row) return;
    // Only the list itself is scrolled: the page does not jump under the pointer.
    const { top, bottom } = row.element.getBoundingClientRect();
    const view = this.element.getBoundingClientRect();
    if (top < view.top) this.element.scrollTop -= view.top - top;
    else if (bottom > view.bottom) this.element.scrollTop += bottom - view.bottom;
  }

  #more(values: readonly Value[], catalogue: Catalogue, strings: Strings): HTMLElement {
    const element = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = strings.more(values.length - this.#limit);
    button.addEventListener("click", () => {
      const at = this.#limit;
      this.#limit += 200;
      this.show(values, catalogue, strings);
      this.element.children[at]?.querySelector("button")?.focus();
    });
    element.append(button);
    return element;
  }
}

class Row {
  readonly element: HTMLLIElement;
  readonly #button: HTMLButtonElement;
  readonly #verb = span("unseen");
  readonly #kind = span("kind");
  readonly #text = span("value");
  readonly #count = span("count");
  readonly #outcome = span("outcome");
  #pressed = true;

  constructor(key: string, decide: (key: string, decision: Decision) => void, look: (key: string | undefined) => void) {
    this.element = document.createElement("li");
    this.#button = document.createElement("button");
    this.#button.type = "button";
    this.#button.className = "row";
    this.#button.setAttribute("part", "toggle");
    const box = span("box");
    box.setAttribute("aria-hidden", "true");
    this.#button.append(this.#verb, box, this.#kind, " ", this.#text, " ", this.#count, " ", this.#outcome);
    this.#button.addEventListener("click", () => decide(key, this.#pressed ? "keep" : "redact"));
    for (const type of ["focus", "pointerenter"]) this.#button.addEventListener(type, () => look(key));
    for (const type of ["blur", "pointerleave"]) this.#button.addEventListener(type, () => look(undefined));
    this.element.append(this.#button);
  }

  show({ entity, text, decision, places, replacement }: Value, catalogue: Catalogue, strings: Strings): void {
    this.#pressed = decision === "redact";
    attribute(this.#button, "aria-pressed", String(this.#pressed));
    attribute(this.#button, "data-family", familyOf(entity, catalogue));
    write(this.#verb, `${strings.replace}: `);
    write(this.#kind, strings.entity(entity));
    write(this.#text, text);
    write(this.#count, places.length > 1 ? strings.places(places.length) : "");
    write(this.#outcome, this.#pressed ? strings.becomes(replacement) : decision === "keep" ? strings.kept : strings.possible);
  }
}

function span(name: string): HTMLSpanElement {
  const element = document.createElement("span");
  element.className = name;
  // Values may be of another direction than the page.
  if (name === "value") element.dir = "auto";
  return element;
}

function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function attribute(element: HTMLElement, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
