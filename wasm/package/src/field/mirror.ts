import type { TextControl } from "./controls.js";
import { editBetween } from "./edit.js";

/** What decides where a character stands. `box-sizing` is set, never copied: the mirror is as large as the control's border box. */
const COPIED = [
  "font-family", "font-size", "font-weight", "font-style", "font-stretch", "font-variant", "font-feature-settings", "font-variation-settings",
  "font-kerning", "font-optical-sizing", "font-size-adjust", "font-synthesis", "letter-spacing", "word-spacing", "line-height", "text-transform",
  "text-indent", "text-align", "text-align-last", "text-rendering", "text-size-adjust", "text-autospace", "text-spacing-trim", "tab-size", "direction", "unicode-bidi",
  "writing-mode", "word-break", "line-break", "hyphens", "overflow-wrap", "white-space", "border-top-width", "border-right-width",
  "border-bottom-width", "border-left-width", "padding-top", "padding-right", "padding-bottom", "padding-left",
] as const;

/**
 * A see-through copy of a text control, exactly over it, whose text can be highlighted: the browser has no way to draw on the
 * text of the control itself. The text is one text node, because elements around words change where lines break. Where the two
 * disagree about the size of the text, nothing is drawn: a mark on the wrong word is worse than none.
 */
export class Mirror {
  readonly element: HTMLDivElement;
  readonly #control: TextControl;
  readonly #inner: HTMLDivElement;
  readonly #text: Text;
  readonly #multiline: boolean;
  #shown = "";
  #set: ReadonlyMap<string, string> = new Map();

  constructor(control: TextControl) {
    this.#control = control;
    this.#multiline = control instanceof HTMLTextAreaElement;
    this.element = document.createElement("div");
    this.element.className = this.#multiline ? "mirror" : "mirror line";
    this.element.setAttribute("aria-hidden", "true");
    this.#inner = document.createElement("div");
    this.#inner.className = "ink";
    this.#text = document.createTextNode("");
    this.#inner.append(this.#text);
    this.element.append(this.#inner);
  }

  /** The mirror's text becomes the control's. Only what changed is touched, so ranges stay on their words. */
  write(value: string): void {
    const edit = editBetween(this.#shown, value);
    if (edit) {
      this.#text.replaceData(edit.start, edit.end - edit.start, value.slice(edit.start, edit.start + edit.inserted));
      this.#shown = value;
    }
    // A control shows the empty line after a last line end, a block does not.
    const open = this.#multiline && value.endsWith("\n");
    if (open !== this.#text.data.length > value.length) {
      if (open) this.#text.appendData("\u200b");
      else this.#text.deleteData(value.length, this.#text.data.length - value.length);
    }
  }

  range(start: number, end: number): Range {
    const range = document.createRange();
    range.setStart(this.#text, Math.min(start, this.#shown.length));
    range.setEnd(this.#text, Math.min(end, this.#shown.length));
    return range;
  }

  /** Copies what decides the layout. To be done again when the control's style or size may have changed. */
  measure(host: HTMLElement): void {
    const control = this.#control;
    const computed = getComputedStyle(control);
    const wanted = new Map<string, string>();
    for (const property of COPIED) {
      const value = computed.getPropertyValue(property);
      if (value) wanted.set(property, value);
    }
    if (!this.#multiline) wanted.set("white-space", "pre");
    else if (!/pre|break-spaces/u.test(computed.whiteSpace)) wanted.set("white-space", "pre-wrap");
    // Scrollbars take their room from the text, on the sides where they stand.
    const across = control.offsetWidth - control.clientWidth - pixels(computed.borderLeftWidth) - pixels(computed.borderRightWidth);
    const along = control.offsetHeight - control.clientHeight - pixels(computed.borderTopWidth) - pixels(computed.borderBottomWidth);
    if (this.#multiline && across > 0) {
      const [side, own] = control.clientLeft > pixels(computed.borderLeftWidth) + 0.5 ? ["left", computed.borderLeftWidth] : ["right", computed.borderRightWidth];
      wanted.set(`border-${side}-width`, `${pixels(own) + across}px`);
    }
    if (this.#multiline && along > 0) wanted.set("border-bottom-width", `${pixels(computed.borderBottomWidth) + along}px`);
    const box = control.getBoundingClientRect();
    const around = host.getBoundingClientRect();
    const scale = host.offsetWidth ? around.width / host.offsetWidth : 1;
    wanted.set("left", `${(box.left - around.left) / scale - host.clientLeft}px`);
    wanted.set("top", `${(box.top - around.top) / scale - host.clientTop}px`);
    // Fractions of pixels decide where lines break.
    wanted.set("width", `${box.width / scale}px`);
    wanted.set("height", `${box.height / scale}px`);
    for (const [property, value] of wanted) {
      if (this.#set.get(property) !== value) this.element.style.setProperty(property, value);
    }
    this.#set = wanted;
  }

  /** Moved, not scrolled: of what scrolls, browsers paint far more than is seen. */
  follow(): void {
    const { scrollLeft, scrollTop } = this.#control;
    const moved = scrollLeft || scrollTop ? `translate(${-scrollLeft}px, ${-scrollTop}px)` : "";
    if (this.#inner.style.transform !== moved) this.#inner.style.transform = moved;
  }

  /** Whether control and mirror agree about the size of the text. */
  agrees(): boolean {
    const control = this.#control;
    const length = (property: string): number => pixels(this.#set.get(property) ?? "");
    if (this.#multiline) {
      const height = this.#inner.offsetHeight + length("padding-top") + length("padding-bottom");
      if (Math.abs(Math.max(height, control.clientHeight) - control.scrollHeight) > 1.5) return false;
    }
    if (control.scrollWidth <= control.clientWidth + 1) return true;
    // Browsers differ in whether what comes after the text belongs to the width.
    const padding = length("padding-left") + length("padding-right");
    return Math.abs(this.#inner.scrollWidth + padding - control.scrollWidth) <= padding + 2;
  }

  /** The control's own word for where a character stands, if the browser tells, for a few marks that can be seen. Not for every key. */
  agreesAt(ranges: readonly Range[]): boolean {
    if (!("caretPositionFromPoint" in document)) return true;
    const view = this.#control.getBoundingClientRect();
    let asked = 0;
    for (const range of ranges) {
      const rect = range.getClientRects()[0];
      if (!rect || rect.width < 12 || rect.top < view.top || rect.bottom > view.bottom || rect.left < view.left || rect.right > view.right) continue;
      // In the middle: at its ends, where writing may change its direction, a caret belongs to two places.
      const caret = document.caretPositionFromPoint((rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2);
      // Something else may lie over the control.
      if (caret?.offsetNode !== this.#control) continue;
      if (caret.offset < range.startOffset || caret.offset > range.endOffset) return false;
      if (++asked === 4) break;
    }
    return true;
  }
}

function pixels(length: string): number {
  return Number.parseFloat(length) || 0;
}
