/** After the file was written and verified: what was done, and the download. Says what was done, not what is true of the file. */

import type { FileResult } from "subrosa";
import { announce } from "../announce.ts";
import { h, icon } from "../dom.ts";
import { downloadLink } from "../files.ts";
import { noteWords } from "../i18n/engine-words.ts";
import { formatBytes, t } from "../i18n/index.ts";
import { jobs, type Job } from "../jobs.ts";
import { family, kindName, tag } from "../kinds.ts";
import { redactedName } from "../words.ts";
import { recordCard } from "./record.ts";
import { ResultView } from "./result.ts";
import type { Go, Screen } from "./screen.ts";

export function summaryScreen(job: Job, go: Go): Screen {
  const { result, session } = job;
  if (!result || !session) throw new Error("nothing was written");
  const { report } = result;
  const removedBy = new Map<string, number>();
  const kept: { readonly value: string; readonly entity: string; readonly n: number }[] = [];
  let removed = 0;
  let keptValues = 0;
  let near = 0;
  for (const item of session.items) {
    const going = item.places.filter((place) => place.decision === "redact").length;
    if (going > 0) {
      removed += 1;
      removedBy.set(item.entity, (removedBy.get(item.entity) ?? 0) + going);
    }
    if (item.origin === "near" && item.decision === "undecided") near += 1;
    const staying = item.places.filter((place) => place.decision === "keep").length;
    if (staying > 0 && session.isMain(item)) {
      keptValues += 1;
      kept.push({ value: item.value, entity: item.entity, n: staying });
    }
  }
  const { decided, total } = session.progress();
  const headline = [t("summary.removed", { n: removed }), keptValues > 0 && t("summary.kept", { n: keptValues })].filter(Boolean).join(" ");

  const name = redactedName(job.file.name);
  const link = h("a", { class: "button primary large", on: { click: () => {
    job.downloaded = true;
    announce(t("summary.downloading", { name }));
  } } }, icon("download"), h("span", {}, t("summary.download", { name }), h("span", { class: "size" }, ` ${formatBytes(result.file.size)}`)));
  const reportLink = h("a", { class: "button" }, icon("receipt"), t("summary.report"));
  const reportFile = new Blob([result.runReport], { type: "application/json" });
  const revoke = [downloadLink(link, result.file, name), downloadLink(reportLink, reportFile, `${name}.report.json`)];

  const rows = [...removedBy].sort(([, a], [, b]) => b - a);
  const record = job.reversible && result.record !== "" ? recordCard(result.record, name) : null;
  const resultView = new ResultView(job, result.file);
  const element = h("div", { class: "summary" },
    h("div", { class: "page-head" },
      h("button", { type: "button", class: "button quiet", on: { click: () => go("review", job) } }, icon("back"), t("files.back-to-review")),
      jobs().length > 1 && h("button", { type: "button", class: "button quiet", on: { click: () => go("files") } }, t("summary.other-files"))),
    h("div", { class: "card headline" },
      h("p", { class: "file-of" }, icon("check"), t("summary.written", { name: job.pasted ? t("paste.name") : job.file.name })),
      h("h1", { tabindex: -1 }, headline),
      h("p", { class: "lead" }, t("summary.read-again")),
      h("div", { class: "wrap" }, link, job.pasted && copyButton(job, result), reportLink),
      verifiedLine(result)),
    total > decided && h("p", { class: "notice" }, icon("eye"), h("span", {}, t("summary.not-looked", { n: total - decided }))),
    h("div", { class: "summary-grid" },
      h("section", { class: "card" }, h("h2", {}, t("summary.by-kind")), rows.length > 0
        ? h("table", { class: "counts" }, h("thead", { class: "visually-hidden" }, h("tr", {}, h("th", { scope: "col" }, t("summary.kind")), h("th", { scope: "col" }, t("summary.places")))), h("tbody", {}, ...rows.map(([entity, n]) => h("tr", {}, h("th", { scope: "row" }, h("span", { class: "tag", data: { family: family(entity) }, "aria-hidden": true }, tag(entity)), kindName(entity)), h("td", {}, t("list.places", { n }))))))
        : h("p", { class: "muted" }, t("summary.none-removed"))),
      h("div", { class: "stack-of-cards" },
      besides(report.notes),
      h("section", { class: "card" }, h("h2", {}, t("summary.not-checked")),
        h("ul", { class: "plain" }, ...report.unread.map(({ part, reason }) => h("li", { lang: "en" }, h("strong", {}, part), ` ${reason}`)), h("li", {}, t("limits.pictures")), h("li", {}, t("limits.meaning")))),
      h("section", { class: "card" }, h("h2", {}, t("summary.kept-title")), kept.length > 0
        ? h("ul", { class: "plain" }, ...kept.map(({ value, entity, n }) => h("li", {}, h("strong", {}, value), ` ${kindName(entity)}, ${t("list.places", { n })}`)))
        : h("p", { class: "muted" }, t("summary.none-kept")),
        near > 0 && h("p", {}, t("summary.near", { n: near })),
        session.leftByPolicy.size > 0 && h("p", {}, t("summary.policy", { n: session.leftByPolicy.size }))))),
    record?.element,
    resultView.element,
  );
  return {
    element,
    title: name,
    shown() {
      element.querySelector("h1")?.focus({ preventScroll: true });
      scrollTo({ top: 0 });
      announce(`${headline} ${t("summary.read-again")}`);
    },
    dispose() {
      for (const end of revoke) end();
      record?.dispose();
      resultView.dispose();
    },
  };
}

function besides(notes: readonly string[]): HTMLElement | null {
  if (notes.length === 0) return null;
  return h("section", { class: "card" }, h("h2", {}, t("summary.besides")), h("ul", { class: "plain" }, ...notes.map((note) => noteWords(note)).map(({ lang, text }) => h("li", { lang }, text))));
}

function verifiedLine({ report }: FileResult): HTMLElement | null {
  if (!report.verified) return null;
  const { segments, parts, values } = report.verified;
  return h("p", { class: "muted verified" }, t("summary.verified", { segments, parts, values }));
}

function copyButton(job: Job, result: FileResult): HTMLElement {
  const button = h("button", { type: "button", class: "button", on: { click: () => {
    void result.file.text().then((text) => navigator.clipboard.writeText(text)).then(() => {
      job.downloaded = true;
      announce(t("summary.copied"));
      words.textContent = t("summary.copied");
    }, () => announce(t("summary.not-copied")));
  } } }, icon("paste"));
  const words = h("span", {}, t("summary.copy"));
  button.append(words);
  return button;
}
