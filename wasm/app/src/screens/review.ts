/** The review: findings left, document right, one cursor for both. */

import type { Place } from "subrosa";
import { announce } from "../announce.ts";
import { h, icon, setText } from "../dom.ts";
import { placeWords } from "../i18n/engine-words.ts";
import { t } from "../i18n/index.ts";
import { cancel, finish, jobs, onJobs, type Job } from "../jobs.ts";
import { kindName } from "../kinds.ts";
import { ActBar } from "../review/act-bar.ts";
import { FindBar } from "../review/find.ts";
import { keyNames, press, type Acts } from "../review/keys.ts";
import { FindingsList } from "../review/list.ts";
import { PagesView } from "../review/pages.ts";
import { PictureView } from "../review/picture.ts";
import { ReadingView, type View } from "../review/reading.ts";
import type { ReviewSession } from "../review/session.ts";
import { lines, settings } from "../settings.ts";
import { progressWords } from "../words.ts";
import { showHelp } from "./help.ts";
import type { Go, Screen } from "./screen.ts";

export function reviewScreen(job: Job, go: Go): Screen {
  const { session } = job;
  if (!session) throw new Error("nothing to review");

  const list = new FindingsList(session);
  const scroller = h("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": t("document.label", { name: job.file.name }) });
  const frame = h("div", { class: "frame" }, scroller);
  const bar = new ActBar(session, frame);
  const find = new FindBar(session, (match) => void showMatch(match.node, match.start, match.block), () => scroller.focus());
  frame.append(bar.element);
  let view: View & { redrawAll(): void } = makeView();
  scroller.append(view.element);

  function makeView(): View & { redrawAll(): void } {
    if (session?.view === "picture") return new PictureView(session, job.file);
    if (!session || session.view === "text") return new ReadingView(session as ReviewSession, scroller);
    const pages = new PagesView(session, job.file, [...lines(settings.get().passwords), ...(job.answers.passwords ?? [])], scroller);
    void pages.ready.then(() => paintWhere());
    return pages;
  }

  // The bar at the top.
  const done = h("progress", { class: "decided-bar", "aria-hidden": true });
  const decided = h("span", { class: "decided" });
  const totals = h("span", { class: "totals" });
  const undo = tool("undo", t("undo"), "Ctrl+Z", () => session.undo());
  const redo = tool("redo", t("redo"), "Ctrl+Shift+Z", () => session.redo());
  const preview = h("button", { type: "button", class: "button quiet", title: `${t("preview")} (${keyNames("preview")})`, "aria-pressed": false, on: { click: () => session.togglePreview() } }, icon("eye"), h("span", { class: "wide" }, t("preview")));
  const download = h("button", { type: "button", class: "button primary", title: "Ctrl+S", on: { click: () => void write() } }, icon("download"), h("span", {}, t("review.download")));
  const notice = h("div", { class: "notice-slot" });
  const tools = h("div", { class: "tools" }, undo, redo, preview, tool("search", t("find.title"), keyNames("find"), () => find.show()), tool("help", t("help"), keyNames("help"), () => showHelp(keysChanged)));
  const top = h("div", { class: "review-bar", role: "group", "aria-label": t("review.bar") },
    h("button", { type: "button", class: "button quiet only-icon", "aria-label": t("back"), title: t("back"), on: { click: () => go(jobs().length > 1 ? "files" : "start") } }, icon("back")),
    h("div", { class: "file-title" }, h("h1", {}, job.pasted ? t("paste.name") : job.file.name), h("div", { class: "progress-line" }, done, decided, totals)),
    download,
  );

  // The bar over the document.
  const where = h("span", { class: "where" });
  const stepButton = (by: 1 | -1): HTMLElement => h("button", { type: "button", class: "button small quiet only-icon", "aria-label": t(by > 0 ? "document.next" : "document.previous"), title: keyNames(by > 0 ? "section-on" : "section-back"), on: { click: () => view.step(by) } }, icon(by > 0 ? "down" : "up"));
  const switcher = h("div", { class: "switch", role: "group", "aria-label": t("view.label") }, ...(["pages", "text"] as const).map((word) => h("button", { type: "button", class: "button small", "aria-pressed": session.view === word, data: { view: word }, on: { click: () => session.setView(word) } }, icon(word === "pages" ? "page" : "text"), t(`view.${word}`))));
  const docBar = h("div", { class: "doc-bar" }, h("h2", { class: "visually-hidden" }, t("document.heading")), stepButton(-1), stepButton(1), where, session.review.format === "pdf" && switcher);
  // A phone has no room for them beside the name.
  const narrow = matchMedia("(max-width: 45rem)");
  const placeTools = (): void => (narrow.matches ? docBar.append(tools) : download.before(tools));
  placeTools();
  narrow.addEventListener("change", placeTools);
  const documentPane = h("div", { class: "document" }, docBar, find.element, frame);

  // On a phone the list is a sheet, with the acts at thumb height.
  const now = h("button", { type: "button", class: "thumb-now", "aria-expanded": false, on: { click: () => openSheet(!screen.classList.contains("sheet-open")) } }, icon("up"), h("span", { class: "thumb-text" }));
  const thumb = h("div", { class: "thumb", role: "group", "aria-label": t("thumb.label") }, now,
    h("div", { class: "thumb-acts" },
      h("button", { type: "button", class: "button", on: { click: () => list.move(-1) } }, icon("up"), t("thumb.previous")),
      h("button", { type: "button", class: "button act-redact", on: { click: () => step("redact") } }, icon("remove"), t("act.remove")),
      h("button", { type: "button", class: "button act-keep", on: { click: () => step("keep") } }, icon("keep"), t("act.keep")),
      h("button", { type: "button", class: "button", on: { click: () => list.move(1) } }, icon("down"), t("thumb.next"))));
  const screen = h("div", { class: "review" }, top, notice, h("div", { class: "panes" }, list.element, documentPane), thumb);

  /** Hints on buttons name keys: the screen is made anew with others. The review itself is the job's. */
  function keysChanged(): void {
    go("review", job);
  }

  function openSheet(open: boolean): void {
    screen.classList.toggle("sheet-open", open);
    now.setAttribute("aria-expanded", String(open));
  }

  function step(decision: "redact" | "keep"): void {
    if (!session?.current()) list.nextOpen(1);
    list.act(decision);
    list.nextOpen(1);
  }

  async function showMatch(node: number, start: number, block: number): Promise<void> {
    if (view instanceof ReadingView) {
      view.goTo(block);
      await new Promise((resolve) => setTimeout(resolve, 150));
      const home = [...view.element.querySelectorAll<HTMLElement>(`[data-node="${node}"]`)].filter((element) => Number(element.dataset["start"]) <= start).at(-1);
      home?.scrollIntoView({ block: "center" });
    } else {
      const section = session?.outline.sections[session.outline.sectionOf(block)]?.name;
      const page = Number(section?.match(/(\d+)$/)?.[1] ?? 0);
      view.element.querySelector(`[data-page="${page}"]`)?.scrollIntoView({ block: "center" });
    }
  }

  async function write(): Promise<void> {
    if (!session || job.state === "writing") return;
    if (session.review.totals.undecided > 0) {
      announce(t("finish.undecided", { n: session.review.totals.undecided }));
      showNotice(t("finish.undecided", { n: session.review.totals.undecided }));
      list.nextOpen(1);
      return;
    }
    await finish(job);
    if (job.result) go("summary", job);
  }

  function showNotice(text: string): void {
    notice.replaceChildren(h("div", { class: "notice bad" }, icon("alert"), h("p", {}, text)));
  }

  function paintJob(): void {
    if (job.state === "writing") {
      const bar = h("progress", { "aria-label": t("finish.writing") });
      if (job.progress) {
        bar.max = job.progress.total;
        bar.value = job.progress.done;
      }
      notice.replaceChildren(h("div", { class: "notice" }, bar, h("p", {}, `${t("finish.writing")} ${job.progress ? progressWords(job.progress) : ""}`), h("button", { type: "button", class: "button small", on: { click: () => cancel(job) } }, t("cancel"))));
    } else if (job.refusal) {
      notice.replaceChildren(h("div", { class: "notice bad" }, icon("alert"), h("div", {}, h("p", {}, h("strong", {}, t("finish.refused"))), h("p", {}, job.refusal.message))));
      announce(`${t("finish.refused")} ${job.refusal.message}`);
    } else {
      notice.replaceChildren();
    }
    download.disabled = job.state === "writing";
  }

  function paintTotals(): void {
    const progress = session?.progress() ?? { decided: 0, total: 0 };
    done.max = Math.max(1, progress.total);
    done.value = progress.decided;
    setText(decided, t("review.decided", { done: progress.decided, n: progress.total }));
    const sums = session?.review.totals;
    setText(totals, sums ? t("review.totals", { redact: sums.redact, keep: sums.keep }) : "");
    undo.toggleAttribute("disabled", session?.review.canUndo !== true);
    redo.toggleAttribute("disabled", session?.review.canRedo !== true);
  }

  function paintThumb(): void {
    const current = session?.current();
    const text = current ? `${current.item.value.slice(0, 60)} · ${kindName(current.item.entity)} · ${t(`state.${(current.place ?? current.item).decision}`)}` : t("thumb.none");
    const slot = now.querySelector(".thumb-text");
    if (slot) setText(slot, text);
  }

  function paintWhere(): void {
    if (view instanceof PagesView) setText(where, view.pages > 0 ? t("pages.page", { page: view.pageInView(), pages: view.pages }) : "");
    else if (view instanceof ReadingView) setText(where, placeWords(session?.outline.sections[view.sectionInView()]?.name ?? ""));
  }

  async function follow(): Promise<void> {
    const current = session?.current();
    list.follow();
    paintThumb();
    const place = current ? (current.place ?? current.item.places.find(({ visible }) => visible) ?? current.item.places[0] ?? null) : null;
    view.highlight(place, new Set(current?.item.places.map(({ id }) => id)));
    if (place && !fromDocument) await bring(place);
  }

  async function bring(place: Place): Promise<void> {
    if (await view.show(place)) return;
    // Metadata and annotations lie on no page: the text view has them.
    if (view instanceof PagesView) setText(where, t("pages.not-there", { where: session?.where(place) ?? "" }));
  }

  let fromDocument = false;
  scroller.addEventListener("click", (event) => {
    const mark = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-place]") : null;
    const selection = getSelection();
    if (!mark || (selection && !selection.isCollapsed)) return;
    const spot = session.spot(mark.dataset["place"] ?? "");
    if (!spot) return;
    fromDocument = true;
    list.select(spot.item, undefined, spot.place);
    fromDocument = false;
    bar.showPlace(spot, () => (mark.isConnected ? mark.getBoundingClientRect() : view.rectOf(spot.place.id)));
  });
  const chosenNow = async (): Promise<void> => {
    const chosen = view instanceof PagesView ? await view.chosenSoon() : view.chosen();
    if (chosen) bar.showChosen(chosen);
    else if (getSelection()?.isCollapsed !== false && !bar.element.contains(document.activeElement)) bar.hide();
  };
  const onPointerUp = (event: PointerEvent): void => {
    if (event.target instanceof Node && bar.element.contains(event.target)) return;
    if (event.target instanceof Element && event.target.closest("[data-place]") && getSelection()?.isCollapsed !== false) return;
    if (event.target instanceof Node && !scroller.contains(event.target)) return;
    setTimeout(() => void chosenNow(), 0);
  };
  document.addEventListener("pointerup", onPointerUp);
  scroller.addEventListener("keyup", (event) => {
    if (event.shiftKey && event.key.startsWith("Arrow")) void chosenNow();
  });
  let ticking = false;
  scroller.addEventListener("scroll", () => {
    if (ticking) return;
    ticking = true;
    requestAnimationFrame(() => {
      ticking = false;
      paintWhere();
      if (bar.open) bar.follow();
    });
  }, { passive: true });

  const acts: Acts = {
    move: (by) => (document.activeElement && scroller.contains(document.activeElement) ? stepPlace(by) : list.move(by)),
    fold: (open) => list.fold(open),
    redact: () => list.act("redact"),
    keep: () => list.act("keep"),
    confirm: () => {
      const current = session.current();
      if (current && current.item.decision !== "undecided" && !session.seen.has(current.item.id)) {
        session.seen.add(current.item.id);
        session.emit("items");
      }
      if (!list.nextOpen(1)) announce(t("review.all-decided"));
    },
    widen: () => {
      session.setReach("value");
      announce(list.reachText());
    },
    group: () => {
      session.setReach("group");
      announce(list.reachText());
    },
    nextOpen: (by) => {
      if (!list.nextOpen(by)) announce(t("review.all-decided"));
    },
    preview: () => session.togglePreview(),
    find: () => find.show(getSelection()?.toString().trim() ?? ""),
    section: (by) => view.step(by),
    undo: () => session.undo(),
    redo: () => session.redo(),
    finish: () => void write(),
    help: () => showHelp(keysChanged),
    escape: () => {
      if (session.reach !== "row") session.setReach("row");
      else if (bar.open) bar.hide();
      else if (screen.classList.contains("sheet-open")) openSheet(false);
    },
  };

  /** In the document, the next place rather than the next row. */
  function stepPlace(by: 1 | -1): void {
    const places = session?.inOrder() ?? [];
    const current = session?.current();
    const id = current?.place?.id ?? current?.item.places[0]?.id;
    const next = places[Math.max(0, places.findIndex((place) => place.id === id) + by)];
    const spot = next && session?.spot(next.id);
    if (spot) list.select(spot.item, undefined, spot.place);
  }

  screen.addEventListener("keydown", (event) => {
    const target = event.target instanceof Node ? event.target : null;
    const place = list.element.contains(target) ? "list" : scroller.contains(target) ? "document" : "elsewhere";
    if (press(event, acts, place)) event.preventDefault();
  });
  // Ctrl+S and Ctrl+Z also while nothing has the focus.
  const onKey = (event: KeyboardEvent): void => {
    if (!document.querySelector("dialog[open]") && event.target === document.body && press(event, acts, "list")) event.preventDefault();
  };
  document.addEventListener("keydown", onKey);

  const stops = [
    session.listen((change) => {
      if (change === "items") {
        list.refresh();
        view.refresh();
        paintTotals();
        paintThumb();
        bar.hide();
        const current = session.current();
        view.highlight(current ? (current.place ?? current.item.places[0] ?? null) : null, new Set(current?.item.places.map(({ id }) => id)));
      } else if (change === "cursor") {
        void follow();
      } else {
        preview.setAttribute("aria-pressed", String(session.preview));
        frame.classList.toggle("previewing", session.preview);
        for (const button of switcher.querySelectorAll<HTMLElement>("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset["view"] === session.view));
        if ((session.view === "pages") !== view instanceof PagesView) {
          view.dispose();
          view = makeView();
          scroller.replaceChildren(view.element);
          void follow();
        } else view.redrawAll();
        bar.hide();
        // Where one is, is measured: not before the frame that lays all this out anyway.
        requestAnimationFrame(paintWhere);
      }
    }),
    onJobs(paintJob),
  ];
  frame.classList.toggle("previewing", session.preview);
  preview.setAttribute("aria-pressed", String(session.preview));
  paintTotals();
  paintThumb();
  paintJob();
  void session.outline.ready.then(paintWhere);

  return {
    element: screen,
    title: job.file.name,
    shown() {
      // The first value is at hand: R or E can be the first key.
      if (session.cursor || !list.nextOpen(1)) void follow();
      list.focusCursor();
      const { total } = session.progress();
      announce(t("review.opened", { n: total }));
    },
    dispose() {
      for (const stop of stops) stop();
      narrow.removeEventListener("change", placeTools);
      document.removeEventListener("pointerup", onPointerUp);
      document.removeEventListener("keydown", onKey);
      list.dispose();
      view.dispose();
    },
  };
}

function tool(name: string, label: string, key: string, act: () => void): HTMLElement {
  return h("button", { type: "button", class: "button quiet only-icon", "aria-label": label, title: `${label} (${key})`, on: { click: act } }, icon(name));
}
