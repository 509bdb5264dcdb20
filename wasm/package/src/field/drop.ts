/** How long after the last sign of a drag over the field it counts as gone. Milliseconds. */
const GONE = 300;

/** Files that are dragged over a field, dropped on it or pasted into it. */
export class Drop {
  readonly #mark: (over: boolean) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `mark` shows that files are over the field, or no longer. */
  constructor(mark: (over: boolean) => void) {
    this.#mark = mark;
  }

  /** The files that arrive with an event, which nobody else gets to see then; `null` when it brings none and is not ours. */
  take(event: DragEvent | ClipboardEvent, disabled: boolean): readonly File[] | null {
    const transfer = "dataTransfer" in event ? event.dataTransfer : event.clipboardData;
    if (!transfer || !Array.from(transfer.types).includes("Files")) return null;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type !== "paste") transfer.dropEffect = "copy";
    const over = event.type === "dragenter" || event.type === "dragover";
    if (over) this.#over(true);
    if (over || disabled) return [];
    this.#over(false);
    return Array.from(transfer.files);
  }

  #over(on: boolean): void {
    this.#mark(on);
    clearTimeout(this.#timer);
    if (on) this.#timer = setTimeout(() => this.#over(false), GONE);
  }
}
