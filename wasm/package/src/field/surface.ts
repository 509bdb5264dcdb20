import type { Decision } from "../types.js";
import type { TextControl } from "./controls.js";
import { readEditable, type EditableText } from "./editable-text.js";
import type { Family } from "./families.js";
import { canHighlight, Marks, type Mark } from "./highlights.js";
import { rangeAt } from "./hit.js";
import { Mirror } from "./mirror.js";
import { isDark } from "./shade.js";

/** What is to be drawn: the places of a value. */
export interface Drawn {
  readonly key: string;
  readonly family: Family;
  readonly decision: Decision;
  readonly places: readonly { readonly start: number; readonly end: number }[];
}

/** A control's text, and marks on it. */
export interface Surface {
  read(): string;
  /** Draws on the text as it is now. */
  draw(values: readonly Drawn[]): void;
  /** The text may have changed; marks stay on their words until the next `draw`. */
  touched(): void;
  /** The key of the value under a point. */
  hit(x: number, y: number): string | undefined;
  select(key: string | undefined): void;
  /** The control's style or place may have changed. */
  refresh(): void;
  dispose(): void;
}

interface Drawing {
  readonly key: string;
  readonly range: Range;
}

abstract class Drawer {
  readonly marks = new Marks();
  drawings: readonly Drawing[] = [];

  protected abstract range(start: number, end: number): Range | null;

  /** Whether anything is different now. Ranges follow the text: most stand where they should when a check comes back. */
  protected mark(values: readonly Drawn[]): boolean {
    const standing = new Map(this.drawings.map((drawing) => [at(drawing.key, drawing.range), drawing]));
    const marks: Mark[] = [];
    const drawings: Drawing[] = [];
    let kept = 0;
    for (const { key, family, decision, places } of values) {
      for (const { start, end } of places) {
        const fresh = this.range(start, end);
        if (!fresh) continue;
        const known = standing.get(at(key, fresh))?.range;
        const range = known && known.startContainer === fresh.startContainer && known.endContainer === fresh.endContainer ? known : fresh;
        if (range === known) kept++;
        marks.push({ range, family, decision });
        drawings.push({ key, range });
      }
    }
    const same = kept === drawings.length && kept === this.drawings.length;
    this.drawings = drawings;
    this.marks.show(marks);
    return !same;
  }

  hit(x: number, y: number): string | undefined {
    return this.drawings[rangeAt(this.drawings.map(({ range }) => range), x, y)]?.key;
  }

  select(key: string | undefined): void {
    this.marks.select(this.drawings.filter((drawing) => drawing.key === key).map(({ range }) => range));
  }
}

function at(key: string, { startOffset, endOffset }: Range): string {
  return `${startOffset} ${endOffset} ${key}`;
}

/** A text area or a line of text, under its mirror. */
export class MirrorSurface extends Drawer implements Surface {
  readonly #control: TextControl;
  readonly #host: HTMLElement;
  readonly #mirror: Mirror;
  readonly #resized: ResizeObserver;
  readonly #follow = (): void => this.#later();
  readonly #refresh = (): void => this.refresh();
  #frame = 0;
  #stale = true;
  #off = false;

  constructor(control: TextControl, host: HTMLElement, stage: ParentNode) {
    super();
    this.#control = control;
    this.#host = host;
    this.#mirror = new Mirror(control);
    this.#mirror.element.hidden = true;
    stage.append(this.#mirror.element);
    this.#resized = new ResizeObserver(this.#refresh);
    this.#resized.observe(control);
    this.#resized.observe(host);
    // The text of a one-line control moves under keys and pointer; not every browser says so with `scroll`.
    for (const type of ["scroll", "keydown", "pointermove", "select", "blur"]) control.addEventListener(type, this.#follow, { passive: true });
    document.fonts?.addEventListener("loadingdone", this.#refresh);
    void document.fonts?.ready.then(this.#refresh);
  }

  read(): string {
    return this.#control.value;
  }

  draw(values: readonly Drawn[]): void {
    const { element } = this.#mirror;
    const some = canHighlight && values.some(({ places }) => places.length > 0);
    const shows = element.hidden && some;
    element.hidden = !some;
    if (!some) {
      this.drawings = [];
      this.marks.clear();
      this.#mirror.write("");
      return;
    }
    this.#mirror.write(this.#control.value);
    if (this.mark(values) || shows) this.refresh();
  }

  touched(): void {
    if (this.#mirror.element.hidden) return;
    this.#mirror.write(this.#control.value);
    this.#later();
  }

  refresh(): void {
    if (this.#mirror.element.hidden) return;
    this.#stale = true;
    this.#later();
  }

  override hit(x: number, y: number): string | undefined {
    return this.#mirror.element.hidden || this.#off ? undefined : super.hit(x, y);
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.marks.clear();
    this.#resized.disconnect();
    for (const type of ["scroll", "keydown", "pointermove", "select", "blur"]) this.#control.removeEventListener(type, this.#follow);
    document.fonts?.removeEventListener("loadingdone", this.#refresh);
    this.#mirror.element.remove();
  }

  protected range(start: number, end: number): Range {
    return this.#mirror.range(start, end);
  }

  /** Layout is read once a frame, when the browser has to do it anyhow. */
  #later(): void {
    if (this.#frame || this.#mirror.element.hidden) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#align();
    });
  }

  #align(): void {
    const mirror = this.#mirror;
    const thorough = this.#stale;
    if (thorough) this.#measure();
    mirror.follow();
    let agrees = mirror.agrees();
    if (!agrees && !thorough) {
      this.#measure();
      mirror.follow();
      agrees = mirror.agrees();
    }
    if (agrees && (thorough || this.#off)) agrees = mirror.agreesAt(this.drawings.map(({ range }) => range));
    this.#off = !agrees;
    mirror.element.classList.toggle("off", this.#off);
  }

  #measure(): void {
    this.#stale = false;
    this.#mirror.measure(this.#host);
    this.#mirror.element.classList.toggle("dark", isDark(this.#control));
  }
}

/** An element that people edit: highlights on its own text. */
export class EditableSurface extends Drawer implements Surface {
  readonly #control: HTMLElement;
  #read: EditableText | null = null;

  constructor(control: HTMLElement) {
    super();
    this.#control = control;
  }

  read(): string {
    this.#read = readEditable(this.#control);
    return this.#read.text;
  }

  draw(values: readonly Drawn[]): void {
    this.#read = readEditable(this.#control);
    this.mark(values);
  }

  touched(): void {
    // Ranges follow the text by themselves.
  }

  refresh(): void {
    // Nothing was copied.
  }

  dispose(): void {
    this.marks.clear();
  }

  protected range(start: number, end: number): Range | null {
    return this.#read?.range(start, end) ?? null;
  }
}
