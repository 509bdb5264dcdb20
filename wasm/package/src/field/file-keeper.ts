import type { FileResult } from "../types.js";
import { problemOf, type Problem } from "./engine.js";
import { basis, fileReceipt, type Receipt } from "./receipt.js";
import type { Desk, Keeper, State } from "./state.js";

export interface Work {
  readonly index: number;
  readonly total: number;
  /** For the person who chose the file, not for events. */
  readonly name: string;
  /** 0 to 1. */
  readonly part: number;
}

/**
 * Watches over a file input. What a person chooses is taken out of the input before any script of the page sees it; what is put
 * back is the redacted copy. All files or none: a form that expects three gets three.
 */
export class FileKeeper implements Keeper {
  readonly control: HTMLInputElement;
  readonly #desk: Desk;
  /** The files in the input that are ours. */
  #accepted: readonly File[] = [];
  #receipt: Receipt | null = null;
  #problem: Problem | null = null;
  #refused: { readonly index: number; readonly total: number } | null = null;
  #work: Work | null = null;
  #originals: readonly File[] = [];
  #controller: AbortController | null = null;
  /** The `change` that follows an `input` whose files were taken. */
  #swallow = false;
  #putting = false;

  constructor(desk: Desk, control: HTMLInputElement) {
    this.#desk = desk;
    this.control = control;
  }

  get work(): Work | null {
    return this.#work;
  }

  get refused(): { readonly index: number; readonly total: number } | null {
    return this.#refused;
  }

  get receipt(): Receipt | null {
    return this.#receipt;
  }

  sync(): State {
    const files = this.#files();
    if (this.#work) {
      // Somebody put files in while others are worked on: the last ones count.
      if (files.length) this.take(files);
      return { kind: "pending" };
    }
    if (files.length) {
      if (!this.#isAccepted(files)) {
        this.take(files);
        return { kind: "pending" };
      }
      if (this.#receipt) return { kind: "ready", receipt: this.#receipt };
    }
    if (this.#problem) return { kind: "failed", problem: this.#problem };
    return { kind: "empty" };
  }

  /** Deals with an `input` or `change` of the control before anybody else. */
  intercept(event: Event): void {
    if (this.#putting) return;
    const files = this.#files();
    if (files.length && !this.#isAccepted(files)) {
      event.stopImmediatePropagation();
      this.#swallow = event.type === "input";
      if (this.#swallow) setTimeout(() => (this.#swallow = false));
      this.take(files);
    } else if (this.#swallow || (this.#work && !files.length)) {
      // The files are taken already; the page hears of it when there is something for it.
      event.stopImmediatePropagation();
      this.#swallow = false;
    } else if (!files.length && !this.#work) {
      this.reset();
      this.#desk.changed();
    }
  }

  /** Files that were chosen, dropped or pasted. */
  take(files: readonly File[]): void {
    this.#controller?.abort();
    this.control.value = "";
    this.#accepted = [];
    this.#receipt = null;
    this.#problem = null;
    this.#refused = null;
    const originals = this.control.multiple ? files : files.slice(0, 1);
    const first = originals[0];
    if (!first) {
      this.#work = null;
      return this.#desk.changed();
    }
    this.#originals = originals;
    this.#work = { index: 1, total: originals.length, name: first.name, part: 0 };
    const controller = new AbortController();
    this.#controller = controller;
    this.#desk.changed();
    void this.#redact(originals, controller);
  }

  retry(): void {
    if (this.#problem && this.#originals.length) this.take(this.#originals);
  }

  /** Nothing is sent; the form may go on. */
  dismiss(): void {
    this.reset();
    this.#desk.changed();
  }

  outgoing(): readonly File[] | null {
    const files = this.#files();
    if (!files.length) return [];
    return !this.#work && this.#isAccepted(files) ? this.#accepted : null;
  }

  invalidate(): void {
    // The originals of accepted files are gone by design: they have to be chosen again.
    if (this.#work || this.#problem) return this.take(this.#originals);
    if (this.#accepted.length) {
      this.control.value = "";
      this.reset();
    }
  }

  reset(): void {
    this.#controller?.abort();
    this.#controller = null;
    this.#work = null;
    this.#problem = null;
    this.#refused = null;
    this.#receipt = null;
    this.#accepted = [];
    this.#originals = [];
  }

  dispose(): void {
    if (this.#work) this.control.value = "";
    this.reset();
  }

  #files(): readonly File[] {
    return Array.from(this.control.files ?? []);
  }

  #isAccepted(files: readonly File[]): boolean {
    return files.length === this.#accepted.length && files.every((file, index) => file === this.#accepted[index]);
  }

  async #redact(originals: readonly File[], controller: AbortController): Promise<void> {
    const { signal } = controller;
    const current = (): boolean => this.#controller === controller;
    const results: FileResult[] = [];
    try {
      const engine = await this.#desk.engine("files");
      for (const [at, original] of originals.entries()) {
        if (!current()) return;
        const work = { index: at + 1, total: originals.length, name: original.name };
        this.#work = { ...work, part: 0 };
        this.#desk.changed();
        const outcome = await engine.redactFile(original, { ...this.#desk.settings.options, name: original.name }, {
          signal,
          onProgress: ({ done, total }) => {
            if (!current()) return;
            this.#work = { ...work, part: total ? done / total : 0 };
            this.#desk.changed();
          },
        });
        if (!current()) return;
        if (!outcome.ok) return this.#refuse(outcome.error, work.index, work.total);
        if (outcome.report.verdict === "refused") return this.#refuse({ code: "internal", message: "The file was refused." }, work.index, work.total);
        results.push(this.#desk.settings.fileNames === "keep" ? outcome : { ...outcome, file: renamed(outcome.file, work.index) });
      }
      const receipt = await fileReceipt(basis(this.#desk.settings.policy, engine.catalogue), results);
      if (current()) this.#put(results.map(({ file }) => file), receipt);
    } catch (error) {
      if (current()) this.#refuse(problemOf(error, { code: "internal", message: "The check failed." }), results.length + 1, originals.length);
    }
  }

  #refuse(problem: Problem, index: number, total: number): void {
    this.#work = null;
    this.#problem = problem;
    this.#refused = { index, total };
    this.control.value = "";
    this.#desk.changed();
  }

  #put(files: readonly File[], receipt: Receipt): void {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    this.#work = null;
    this.#originals = [];
    this.control.files = transfer.files;
    this.#accepted = this.#files();
    this.#receipt = receipt;
    if (this.#accepted.length !== files.length) return this.#refuse({ code: "internal", message: "The browser did not take the copies." }, 1, files.length);
    this.#desk.scanned(receipt.counts);
    this.#desk.changed();
    this.#putting = true;
    try {
      this.control.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
      this.control.dispatchEvent(new Event("change", { bubbles: true }));
    } finally {
      this.#putting = false;
    }
  }
}

/** `document-1.docx`: only the ending says something that is needed. */
function renamed(file: File, index: number): File {
  const ending = /\.[a-z0-9]{1,8}$/iu.exec(file.name)?.[0].toLowerCase() ?? "";
  return new File([file], `document-${index}${ending}`, { type: file.type });
}
