/** The written file itself, opened again by a fresh engine: what whoever gets it will see. */

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
  #view: { dispose(): void } | null = null;
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
    const session = new ReviewSession(review);
    this.#session = session;
    const scroller = h("div", { class: "scroller result-scroller", tabindex: 0, role: "region", "aria-label": t("summary.result") });
    const view = session.view === "pages" ? new PagesView(session, this.#file, passwords, scroller) : new ReadingView(session, scroller);
    this.#view = view;
    scroller.append(view.element);
    this.#body.replaceChildren(scroller);
  }

  dispose(): void {
    this.#gone = true;
    this.#view?.dispose();
    this.#session?.dispose();
    this.#engine?.close();
  }
}
