/** Least time between two messages: more often, a screen reader only stammers. Milliseconds. */
const BETWEEN = 1000;

/** Says things to screen readers, at most once a second; of what comes faster only the last is said. */
export class Announcer {
  readonly element: HTMLElement;
  #last = Number.NEGATIVE_INFINITY;
  #said = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.element = document.createElement("div");
    this.element.className = "unseen";
    this.element.setAttribute("role", "status");
  }

  say(message: string): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (message === this.#said) return;
    const wait = this.#last + BETWEEN - performance.now();
    if (wait > 0) {
      this.#timer = setTimeout(() => this.say(message), wait);
      return;
    }
    this.#last = performance.now();
    this.#said = message;
    this.element.textContent = message;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
