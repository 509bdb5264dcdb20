/** The files of this visit, with the state of each. */

import { announce } from "../announce.ts";
import { h, icon, replace } from "../dom.ts";
import { catalogue } from "../engines.ts";
import { formatBytes, t, type Key } from "../i18n/index.ts";
import { cancel, dismiss, jobs, onJobs, retry, startNow, type Job } from "../jobs.ts";
import { failureWords, progressWords } from "../words.ts";
import { begin, fileInput } from "./start.ts";
import type { Go, Screen } from "./screen.ts";

/** With `follow`, the screen goes on by itself as soon as that file is read. */
export function filesScreen(follow: Job | undefined, go: Go): Screen {
  const list = h("ul", { class: "file-list" });
  const input = fileInput(catalogue(), (files) => begin(files, "redact", go));
  const element = h("div", { class: "files" },
    h("div", { class: "page-head" },
      h("h1", { tabindex: -1 }, t("files.title")),
      h("div", { class: "wrap" },
        h("button", { type: "button", class: "button quiet", on: { click: () => go("start") } }, icon("back"), t("files.start")),
        h("button", { type: "button", class: "button", on: { click: () => input.click() } }, icon("plus"), t("files.add")), input)),
    list);
  const rows = new Map<Job, { readonly element: HTMLElement; shape: string }>();
  let onward = follow;

  function paint(): void {
    if (onward && jobs().includes(onward)) {
      const job = onward;
      if (job.state === "ready") {
        onward = undefined;
        return go("review", job);
      }
      if (job.state === "checked") {
        onward = undefined;
        return go("checked", job);
      }
      if (job.state === "failed" || job.state === "cancelled") onward = undefined;
    }
    for (const [job, row] of rows) {
      if (jobs().includes(job)) continue;
      row.element.remove();
      rows.delete(job);
    }
    for (const job of jobs()) {
      let row = rows.get(job);
      if (!row) {
        row = { element: h("li", { class: "file-row" }), shape: "" };
        rows.set(job, row);
        list.append(row.element);
      }
      if (row.shape === job.state) updateProgress(row.element, job);
      else {
        const hadFocus = row.element.contains(document.activeElement);
        if (row.shape !== "") announce(t("files.state", { name: job.file.name, state: stateWords(job) }));
        row.shape = job.state;
        fill(row.element, job, go, () => {
          if (row) row.shape = "";
        });
        if (hadFocus) row.element.querySelector<HTMLElement>("button, input")?.focus();
      }
    }
    if (jobs().length === 0) go("start");
  }

  const stop = onJobs(paint);
  return {
    element,
    title: t("files.title"),
    shown() {
      element.querySelector("h1")?.focus({ preventScroll: true });
      paint();
    },
    dispose: stop,
  };
}

function stateWords(job: Job): string {
  return t(`job.${job.state}` as Key);
}

function fill(row: HTMLElement, job: Job, go: Go, forget: () => void): void {
  const name = job.pasted ? t("paste.name") : job.file.name;
  row.dataset["state"] = job.state;
  const acts = h("div", { class: "wrap file-acts" });
  const body = h("div", { class: "file-body" });
  const button = (label: string, act: () => void, look = "", pictured = ""): void => {
    acts.append(h("button", { type: "button", class: `button ${look}`, "aria-label": `${label}: ${name}`, on: { click: act } }, pictured !== "" && icon(pictured), label));
  };
  switch (job.state) {
    case "waiting":
      button(t("files.now"), () => startNow(job));
      button(t("cancel"), () => cancel(job), "quiet");
      break;
    case "reading":
    case "writing":
      body.append(h("progress", { "aria-label": `${stateWords(job)}: ${name}` }));
      button(t("cancel"), () => cancel(job));
      break;
    case "ready":
      button(t("files.review"), () => go("review", job), "primary");
      break;
    case "done":
      button(t("files.result"), () => go("summary", job), "primary");
      button(t("files.back-to-review"), () => go("review", job), "quiet");
      break;
    case "checked":
      button(t("files.see"), () => go("checked", job), "primary");
      break;
    case "failed":
      body.append(failure(job));
      break;
    case "cancelled":
      button(t("files.again"), () => retry(job));
      break;
  }
  if (job.state !== "reading" && job.state !== "writing") {
    acts.append(h("button", { type: "button", class: "button quiet only-icon", title: t("files.forget"), "aria-label": `${t("files.forget")}: ${name}`, on: { click: () => {
      forget();
      dismiss(job);
    } } }, icon("close")));
  }
  replace(row,
    h("span", { class: "file-art" }, icon(job.state === "failed" ? "alert" : job.state === "done" ? "check" : "file")),
    h("div", { class: "file-words" }, h("span", { class: "file-name" }, name), h("span", { class: "file-state" }, `${formatBytes(job.file.size)} · `, h("span", { class: "state-text" }, stateWords(job)))),
    acts, body.hasChildNodes() && body);
  updateProgress(row, job);
}

function updateProgress(row: HTMLElement, job: Job): void {
  const bar = row.querySelector("progress");
  const text = row.querySelector(".state-text");
  if (job.progress && bar) {
    bar.max = job.progress.total;
    bar.value = job.progress.done;
  }
  if (text && (job.state === "reading" || job.state === "writing")) text.textContent = job.progress ? `${stateWords(job)} ${progressWords(job.progress)}` : stateWords(job);
  if (text && job.state === "ready" && job.session) text.textContent = t("files.found", { n: job.session.progress().total });
}

/** What happened, and the answers that help. */
function failure(job: Job): HTMLElement {
  const { what, detail } = failureWords(job.failure ?? { code: "internal", message: "" });
  const box = h("div", { class: "failure" }, h("p", {}, h("strong", {}, what)), detail !== "" && h("p", { class: "muted" }, detail));
  if (job.failure?.code === "encrypted") {
    const input = h("input", { type: "password", class: "field-input", autocomplete: "off", required: true, "aria-label": t("failure.password") });
    box.append(h("form", { class: "wrap", on: { submit: (event) => {
      event.preventDefault();
      retry(job, { passwords: [...(job.answers.passwords ?? []), input.value] });
    } } }, h("label", { class: "stack" }, h("span", {}, t("failure.password")), input), h("button", { class: "button primary" }, t("failure.open"))));
  } else if (job.failure?.code === "uninspectable") {
    box.append(h("p", {}, t("unread.question")), h("div", { class: "wrap" }, ...(["remove", "blank", "keep"] as const).map((choice) =>
      h("button", { type: "button", class: choice === "remove" ? "button primary" : "button", on: { click: () => retry(job, { onUnread: choice }) } }, t(`unread.${choice}`)))));
  } else if (job.failure?.code === "internal" || job.failure?.code === "load") {
    box.append(h("button", { type: "button", class: "button", on: { click: () => retry(job) } }, t("files.again")));
  }
  return box;
}
