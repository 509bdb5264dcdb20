/** Sentences that several screens say. */

import type { Failure, Progress } from "subrosa";
import { formatBytes, hasMessage, t, type Key } from "./i18n/index.ts";

/** "1.2 MB of 3.4 MB", "step 2 of 5" */
export function progressWords(progress: Progress): string {
  if (progress.unit === "bytes") return t("progress.bytes", { done: formatBytes(progress.done), total: formatBytes(progress.total) });
  return t("progress.step", { done: progress.done, total: progress.total });
}

/** What happened, in the page's language, and what the engine says of it. */
export function failureWords(failure: Failure): { readonly what: string; readonly detail: string } {
  const key = `failure.${failure.code}`;
  return { what: hasMessage(key) ? t(key as Key) : t("failure.internal"), detail: failure.message };
}

/** `report.docx` is written as `report.redacted.docx`. */
export function redactedName(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? `${name.slice(0, dot)}.redacted${name.slice(dot)}` : `${name}.redacted`;
}
