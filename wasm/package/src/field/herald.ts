import type { Entity } from "../types.js";
import type { Problem } from "./engine.js";
import type { Receipt } from "./receipt.js";
import type { State } from "./state.js";

/** Details of the events. */
export interface SubrosaEvents {
  "subrosa-scan": CustomEvent<{ readonly counts: Readonly<Record<Entity, number>> }>;
  "subrosa-ready": CustomEvent<{ readonly receipt: Receipt }>;
  "subrosa-error": CustomEvent<Problem>;
}

/** Tells the page what became of a field, each outcome once. */
export class Herald {
  readonly #host: HTMLElement;
  #told: Receipt | Problem | null = null;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  scanned(counts: Readonly<Record<Entity, number>>): void {
    this.#tell("subrosa-scan", { counts });
  }

  outcome(state: State): void {
    if (state.kind === "ready" && state.receipt !== this.#told) {
      this.#told = state.receipt;
      this.#tell("subrosa-ready", { receipt: state.receipt });
    } else if (state.kind === "failed" && !same(this.#told, state.problem)) {
      this.#told = state.problem;
      this.#tell("subrosa-error", { code: state.problem.code, message: state.problem.message });
    } else if (state.kind === "empty") {
      this.#told = null;
    }
  }

  #tell(name: keyof SubrosaEvents, detail: object): void {
    this.#host.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }
}

function same(told: Receipt | Problem | null, problem: Problem): boolean {
  return told !== null && "code" in told && told.code === problem.code && told.message === problem.message;
}
