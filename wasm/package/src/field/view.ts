import type { Decision } from "../types.js";
import { Announcer } from "./announcer.js";
import { List } from "./list.js";
import { sheet } from "./style.js";

export type Tone = "idle" | "pending" | "ready" | "failed";

export interface Button {
  readonly label: string;
  press(): void;
}

export interface Panel {
  readonly tone: Tone;
  readonly message: string;
  /** Read out; the message when left out. Values are in it only as the person wrote them. */
  readonly spoken?: string;
  /** 0 to 1. */
  readonly progress?: number;
  readonly buttons?: readonly Button[];
}

/** The field's own elements: a slot for the control, the mirror's place, a line of status and the list. */
export class View {
  readonly stage: HTMLElement;
  readonly panel: HTMLElement;
  readonly list: List;
  readonly announcer = new Announcer();
  readonly #message: HTMLElement;
  readonly #progress: HTMLProgressElement;
  readonly #buttons: HTMLElement;
  #labels = "";
  #presses: readonly Button[] = [];

  constructor(root: ShadowRoot, decide: (key: string, decision: Decision) => void, look: (key: string | undefined) => void) {
    root.adoptedStyleSheets = [sheet()];
    this.stage = element("div", "stage");
    this.panel = element("div", "panel");
    this.panel.setAttribute("part", "panel");
    const bar = element("div", "bar");
    this.#message = element("p", "message");
    this.#message.setAttribute("part", "message");
    this.#progress = document.createElement("progress");
    this.#progress.hidden = true;
    this.#progress.max = 1;
    this.#buttons = element("div", "buttons");
    bar.append(element("span", "dot"), this.#message, this.#buttons);
    this.list = new List(decide, look);
    this.panel.append(bar, this.#progress, this.list.element);
    root.append(document.createElement("slot"), this.stage, this.panel, this.announcer.element);
  }

  show({ tone, message, spoken, progress, buttons = [] }: Panel): void {
    this.panel.dataset["tone"] = tone;
    if (this.#message.textContent !== message) this.#message.textContent = message;
    this.announcer.say(spoken ?? message);
    this.#progress.hidden = progress === undefined;
    if (progress === undefined) this.#progress.removeAttribute("value");
    else {
      if (progress > 0) this.#progress.value = progress;
      else this.#progress.removeAttribute("value");
      this.#progress.setAttribute("aria-label", message);
    }
    this.#presses = buttons;
    const labels = buttons.map(({ label }) => label).join("\n");
    if (labels === this.#labels) return;
    this.#labels = labels;
    this.#buttons.replaceChildren(
      ...buttons.map(({ label }, index) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "plain";
        button.setAttribute("part", "button");
        button.textContent = label;
        button.addEventListener("click", () => this.#presses[index]?.press());
        return button;
      }),
    );
  }
}

function element(tag: string, name: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  return made;
}
