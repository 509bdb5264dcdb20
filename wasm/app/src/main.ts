import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/source-serif-4/wght.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/start.css";
import "./styles/review.css";
import "./styles/document.css";
import "./styles/summary.css";
import type { Catalogue } from "subrosa";
import { announce, setStatusRegion } from "./announce.ts";
import { h, icon, replace } from "./dom.ts";
import { warmUp } from "./engines.ts";
import { watchDrops } from "./files.ts";
import { currentLanguage, LANGUAGES, onLanguage, preferredLanguage, setLanguage, t, type Language } from "./i18n/index.ts";
import { hasUnsavedWork, type Job } from "./jobs.ts";
import { learnKinds } from "./kinds.ts";
import { onOffline, registerOffline, type OfflineState } from "./offline.ts";
import { checkedScreen } from "./screens/checked.ts";
import { filesScreen } from "./screens/files.ts";
import { reviewScreen } from "./screens/review.ts";
import type { Screen, ScreenName } from "./screens/screen.ts";
import { begin, startScreen } from "./screens/start.ts";
import { summaryScreen } from "./screens/summary.ts";

const main = h("main", { id: "main" });
const header = h("header", { class: "site-header" });
const footer = h("footer", { class: "site-footer" });
const status = h("div", { class: "visually-hidden", role: "status" });
let catalogue: Catalogue | null = null;
let screen: Screen | null = null;
let shown: { name: ScreenName; job: Job | undefined } = { name: "start", job: undefined };
let offline: OfflineState = { ready: false, update: null };

function go(name: ScreenName, job?: Job): void {
  if (!catalogue) return;
  screen?.dispose();
  shown = { name, job };
  screen = make(name, job, catalogue);
  document.body.dataset["screen"] = name;
  document.title = name === "start" ? t("app.title") : `${screen.title} · Subrosa`;
  main.replaceChildren(screen.element);
  screen.shown();
}

function make(name: ScreenName, job: Job | undefined, known: Catalogue): Screen {
  if (name === "review" && job?.session) return reviewScreen(job, go);
  if (name === "summary" && job?.result) return summaryScreen(job, go);
  if (name === "checked" && job) return checkedScreen(job, go);
  if (name === "files") return filesScreen(job, go);
  return startScreen(known, go);
}

function paintFrame(): void {
  replace(header,
    h("a", { class: "skip", href: "#main" }, t("app.skip")),
    h("button", { type: "button", class: "brand", "aria-label": t("app.home"), on: { click: () => go("start") } }, icon("logo"), h("span", {}, "Subrosa")),
    h("span", { class: "claim" }, icon("lock"), t("app.claim")),
    h("div", { class: "language", role: "group", "aria-label": t("app.language") }, ...LANGUAGES.map((language) => h("button", { type: "button", class: "button small quiet", lang: language, "aria-pressed": language === currentLanguage(), on: { click: () => choose(language) } }, language === "en" ? "English" : "Español"))));
  paintFooter();
}

function paintFooter(): void {
  replace(footer,
    h("p", {}, t("app.version", { version: catalogue?.version ?? __VERSION__ }), " · ", h("span", { class: "offline-state", data: { ready: String(offline.ready) } }, t(offline.ready ? "app.offline" : "app.online")), catalogue && h("span", { class: "ruleset" }, ` · ${t("app.ruleset", { hash: catalogue.ruleset.slice(0, 12) })}`)),
    offline.update && h("p", { class: "update" }, t("app.update"), " ", h("button", { type: "button", class: "button small", on: { click: () => offline.update?.() } }, t("app.reload"))));
}

function choose(language: Language): void {
  const address = new URL(location.href);
  address.searchParams.set("lang", language);
  history.replaceState(null, "", address);
  setLanguage(language);
}

async function start(): Promise<void> {
  setLanguage(preferredLanguage());
  document.body.replaceChildren(header, main, footer, status);
  setStatusRegion(status);
  paintFrame();
  replace(main, h("p", { class: "loading" }, t("app.loading")));
  onLanguage(() => {
    paintFrame();
    go(shown.name, shown.job);
  });
  onOffline((state) => {
    offline = state;
    paintFooter();
  });
  watchDrops(document.documentElement, (files, over) => {
    const check = over?.closest(".check-card") !== null && over !== null;
    begin(files, check ? "check" : "redact", go);
  });
  addEventListener("beforeunload", (event) => {
    if (hasUnsavedWork()) event.preventDefault();
  });
  try {
    catalogue = await warmUp();
  } catch (error) {
    replace(main, h("div", { class: "card fatal" }, icon("alert"), h("h1", {}, t("app.failed")), h("p", {}, error instanceof Error ? error.message : ""), h("p", {}, t("app.failed.hint"))));
    announce(t("app.failed"));
    return;
  }
  learnKinds(catalogue);
  paintFooter();
  go("start");
  document.body.dataset["ready"] = "true";
  void registerOffline();
}

void start();
