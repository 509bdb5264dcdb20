/** The original, and beside it the written file, opened again by a fresh engine: what whoever gets it will see. */

import type { Engine, Review } from "subrosa";
import { h, icon } from "../dom.ts";
import { takeEngine } from "../engines.ts";
import { t } from "../i18n/index.ts";
import type { Job } from "../jobs.ts";
import { PagesView } from "../review/pages.ts";
import { ReadingView } from "../review/reading.ts";
import { ReviewSession } from "../review/session.ts";
import { lines, settings } from "../settings.ts";

export class ResultView {
  readonly element: HTMLElement;
  readonly #job: Job;
  readonly #file: File;
  readonly #body = h("div", { class: "result-body" });
  #engine: Engine | null = null;
  #session: ReviewSession | null = null;
  readonly #views: Shown[] = [];
  #gone = false;

  constructor(job: Job, file: File) {
    this.#job = job;
    this.#file = file;
    const details = h("details", { class: "card result" }, h("summary", {}, icon("eye"), h("span", {}, t("summary.result"))), this.#body);
    details.addEventListener("toggle", () => {
      if (details.open && !this.#engine) void this.#open();
    });
    this.element = details;
  }

  async #open(): Promise<void> {
    this.#body.replaceChildren(h("p", { class: "muted" }, t("job.reading")));
    const passwords = [...lines(settings.get().passwords), ...(this.#job.answers.passwords ?? [])];
    const engine = await takeEngine();
    if (this.#gone) return engine.close();
    this.#engine = engine;
    // Nothing is looked for: only the text is to be seen.
    const outcome = await engine.open(this.#file, { name: this.#file.name, policy: "redact", entities: ["DENIED_TERM"], onUnread: "keep", ...(passwords.length > 0 && { passwords }) });
    if (this.#gone) return;
    if (!outcome.ok) return this.#body.replaceChildren(h("p", {}, outcome.error.message));
    this.#show(outcome.review, passwords);
  }

  #show(review: Review, passwords: readonly string[]): void {
    const after = new ReviewSession(review);
    this.#session = after;
    const before = this.#job.session;
    if (before) {
      after.view = before.view;
      if (before.preview) before.togglePreview();
    }
    const panes = [
      ...(before ? [this.#pane(t("summary.before"), before, this.#job.file, passwords)] : []),
      this.#pane(t("summary.after"), after, this.#file, passwords),
    ];
    this.#body.replaceChildren(h("div", { class: "before-after" }, ...panes.map(({ element }) => element)));
    together(panes.map(({ scroller }) => scroller));
  }

  #pane(name: string, session: ReviewSession, file: Blob, passwords: readonly string[]): { readonly element: HTMLElement; readonly scroller: HTMLElement } {
    const scroller = h("div", { class: "scroller result-scroller", tabindex: 0, role: "region", "aria-label": name });
    const view = this.#view(session, file, passwords, scroller);
    this.#views.push(view);
    scroller.append(view.element);
    return { element: h("section", {}, h("h3", {}, name), scroller), scroller };
  }

  #view(session: ReviewSession, file: Blob, passwords: readonly string[], scroller: HTMLElement): Shown {
    if (session.view === "picture") return picture(file);
    return session.view === "pages" ? new PagesView(session, file, passwords, scroller) : new ReadingView(session, scroller);
  }

  dispose(): void {
    this.#gone = true;
    for (const view of this.#views) view.dispose();
    this.#session?.dispose();
    this.#engine?.close();
  }
}

interface Shown {
  readonly element: HTMLElement;
  dispose(): void;
}

function picture(file: Blob): Shown {
  const url = URL.createObjectURL(file);
  return { element: h("img", { class: "result-picture", src: url, alt: t("picture.alt") }), dispose: () => URL.revokeObjectURL(url) };
}

/** Scrolls all of them to the same part of what they show. */
function together(scrollers: readonly HTMLElement[]): void {
  let leader: HTMLElement | null = null;
  let calm: ReturnType<typeof setTimeout> | undefined;
  for (const scroller of scrollers) {
    scroller.addEventListener("scroll", () => {
      // Those that follow scroll, too.
      if (leader !== null && leader !== scroller) return;
      leader = scroller;
      clearTimeout(calm);
      calm = setTimeout(() => (leader = null), 150);
      const part = scroller.scrollTop / Math.max(1, scroller.scrollHeight - scroller.clientHeight);
      for (const other of scrollers) if (other !== scroller) other.scrollTop = part * (other.scrollHeight - other.clientHeight);
    }, { passive: true });
  }
}
