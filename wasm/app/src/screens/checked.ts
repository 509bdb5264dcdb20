/** What somebody else's redaction left in a file. */

import type { Leak } from "subrosa";
import { h, icon } from "../dom.ts";
import { leakWords, placeWords } from "../i18n/engine-words.ts";
import { hasMessage, t, type Key } from "../i18n/index.ts";
import { kindName } from "../kinds.ts";
import { jobs, type Job } from "../jobs.ts";
import type { Go, Screen } from "./screen.ts";
import { limits } from "./start.ts";

/** Of a kind, before somebody asks for more. */
const FIRST = 8;

export function checkedScreen(job: Job, go: Go): Screen {
  const groups = new Map<string, Leak[]>();
  const rank = { high: 0, medium: 1, low: 2 };
  for (const leak of [...job.leaks].sort((a, b) => rank[a.severity] - rank[b.severity])) groups.set(leak.kind, [...(groups.get(leak.kind) ?? []), leak]);
  const found = job.leaks.reduce((sum, { count }) => sum + count, 0);
  const element = h("div", { class: "checked" },
    h("div", { class: "page-head" }, h("h1", { tabindex: -1 }, t("checked.title", { name: job.file.name })), h("div", { class: "wrap" }, h("button", { type: "button", class: "button quiet", on: { click: () => go(jobs().length > 1 ? "files" : "start") } }, icon("back"), t("back")))),
    h("p", { class: `verdict ${found > 0 ? "bad" : ""}` }, icon(found > 0 ? "alert" : "check"), h("span", {}, found > 0 ? t("checked.found", { n: found }) : t("checked.nothing"))),
    ...[...groups].map(([kind, leaks]) => h("section", { class: `card severity-${leaks[0]?.severity ?? "low"}` }, h("h2", {}, leakName(kind, leaks), " ", h("span", { class: "count" }, String(leaks.reduce((sum, leak) => sum + leak.count, 0)))),
      help(kind, leaks),
      leakList(leaks.slice(0, FIRST)),
      leaks.length > FIRST && h("details", {}, h("summary", {}, t("list.more", { n: leaks.length - FIRST })), leakList(leaks.slice(FIRST))))),
    job.unread.length > 0 && h("section", { class: "card" }, h("h2", {}, t("list.group.unread")), h("ul", { class: "leaks" }, ...job.unread.map(({ part, reason }) => h("li", {}, h("strong", {}, part), h("span", {}, reason))))),
    limits(),
  );
  return { element, title: job.file.name, shown: () => element.querySelector("h1")?.focus({ preventScroll: true }), dispose: () => undefined };
}

function leakList(leaks: readonly Leak[]): HTMLElement {
  return h("ul", { class: "leaks" }, ...leaks.map((leak) => h("li", {}, h("span", {}, placeWords(leak.place)), h("span", { class: "muted" }, leak.detail.replace(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|\b[A-Z]{3,}\b/g, kindName)))));
}

function help(kind: string, leaks: readonly Leak[]): HTMLElement {
  const { lang, text } = leakWords(kind, leaks[0]?.why ?? "", leaks[0]?.advice ?? "");
  return h("p", { class: "muted", lang }, text);
}

function leakName(kind: string, leaks: readonly Leak[]): string {
  const key = `leak.${kind}`;
  return hasMessage(key) ? t(key as Key) : (leaks[0]?.title ?? kind);
}
