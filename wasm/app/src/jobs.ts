/** The files of this visit, what state each is in, and the acts that move them on. */

import type { Engine, Failure, FileResult, Leak, Options, Progress, Unread } from "subrosa";
import { catalogue, takeEngine } from "./engines.ts";
import { ReviewSession } from "./review/session.ts";
import { engineOptions, settings } from "./settings.ts";
import { pause } from "./slices.ts";

export type JobState = "waiting" | "reading" | "ready" | "writing" | "done" | "checked" | "failed" | "cancelled";

export interface Answers {
  readonly passwords?: readonly string[];
  readonly onUnread?: Options["onUnread"];
}

export interface Job {
  readonly id: number;
  readonly file: File;
  readonly purpose: "redact" | "check";
  /** Text that was pasted: it goes back to the clipboard rather than into a folder. */
  readonly pasted: boolean;
  state: JobState;
  progress: Progress | null;
  failure: Failure | null;
  engine: Engine | null;
  session: ReviewSession | null;
  /** Verified output; gone as soon as a decision changes. */
  result: FileResult | null;
  /** Why the last attempt to write gave nothing. */
  refusal: Failure | null;
  downloaded: boolean;
  /** The rules put codes in place of values, which can be turned back. */
  reversible: boolean;
  leaks: readonly Leak[];
  unread: readonly Unread[];
  answers: Answers;
  abort: AbortController;
}

/** Reviews that are kept open at once, apart from finished ones: each holds a document in memory. */
const READ_AHEAD = 3;

let lastId = 0;
let all: Job[] = [];
const listeners = new Set<() => void>();

export function jobs(): readonly Job[] {
  return all;
}

export function jobById(id: number): Job | undefined {
  return all.find((job) => job.id === id);
}

export function onJobs(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed(): void {
  for (const listener of [...listeners]) listener();
}

export function addFiles(files: readonly File[], purpose: Job["purpose"], pasted = false): readonly Job[] {
  const added = files.map((file): Job => ({
    id: (lastId += 1), file, purpose, pasted, state: "waiting", progress: null, failure: null, engine: null, session: null,
    result: null, refusal: null, downloaded: false, reversible: false, leaks: [], unread: [], answers: {}, abort: new AbortController(),
  }));
  all = [...all, ...added];
  changed();
  next();
  return added;
}

/** Reads the next file, if none is being read and not too many wait for their review. */
function next(): void {
  if (all.some((job) => job.state === "reading")) return;
  if (all.filter((job) => job.state === "ready" || job.state === "writing").length >= READ_AHEAD) return;
  const job = all.find(({ state }) => state === "waiting");
  if (job) void read(job).finally(next);
}

/** Reads this file now, whatever else waits. */
export function startNow(job: Job): void {
  if (job.state === "waiting") void read(job).finally(next);
}

async function read(job: Job): Promise<void> {
  job.state = "reading";
  job.progress = null;
  job.failure = null;
  changed();
  try {
    const engine = await takeEngine();
    // Cancelled while the engine started: nothing has seen the file.
    if (job.abort.signal.aborted) return engine.close();
    job.engine = engine;
    await (job.purpose === "check" ? check(job, engine) : open(job, engine));
  } catch (error) {
    fail(job, failureOf(error));
  }
  changed();
}

async function open(job: Job, engine: Engine): Promise<void> {
  const policy = catalogue().policies.find(({ name }) => name === settings.get().policy);
  job.reversible = policy?.needsKey ?? false;
  const options = engineOptions(policy?.needsKey ?? false, (policy?.parameters ?? []).map(({ name }) => name), job.answers);
  const outcome = await engine.open(job.file, { ...options, name: job.file.name }, callOf(job));
  if (job.abort.signal.aborted) return;
  if (!outcome.ok) return fail(job, outcome.error);
  // A long document has thousands of places: taking them over, sorting them and drawing the first are three tasks, not one.
  await pause();
  if (job.abort.signal.aborted) return;
  job.session = new ReviewSession(outcome.review);
  await pause();
  if (job.abort.signal.aborted) return;
  outcome.review.addEventListener("change", () => forgetResult(job));
  job.state = "ready";
}

async function check(job: Job, engine: Engine): Promise<void> {
  const { passwords } = engineOptions(false, [], job.answers);
  const outcome = await engine.check(job.file, { name: job.file.name, ...(passwords && { passwords }) }, callOf(job));
  if (job.abort.signal.aborted) return;
  if (!outcome.ok) return fail(job, outcome.error);
  job.leaks = outcome.leaks;
  job.unread = outcome.unread;
  job.state = "checked";
  endEngine(job);
}

/** Writes, reads again, searches. Only a verified file becomes a result. */
export async function finish(job: Job): Promise<void> {
  const { session } = job;
  if (!session || job.state === "writing") return;
  job.state = "writing";
  job.progress = null;
  job.refusal = null;
  job.result = null;
  job.abort = new AbortController();
  changed();
  const { signal } = job.abort;
  try {
    const outcome = await session.review.finish(callOf(job));
    if (signal.aborted) return;
    if (outcome.ok) {
      job.result = outcome;
      job.downloaded = false;
      job.state = "done";
    } else {
      job.refusal = outcome.error;
      job.state = "ready";
    }
  } catch (error) {
    if (signal.aborted) return;
    job.refusal = failureOf(error);
    job.state = "ready";
  }
  changed();
  next();
}

/** After a change the verified bytes are those of another document. */
function forgetResult(job: Job): void {
  job.refusal = null;
  if (job.result === null && job.state !== "done") return;
  job.result = null;
  job.state = "ready";
  changed();
}

export function cancel(job: Job): void {
  job.abort.abort();
  if (job.state === "writing") {
    // The review is as it was; only the writing ends.
    job.state = "ready";
  } else {
    job.state = "cancelled";
    endEngine(job);
  }
  changed();
  next();
}

/** Reads the file again with an answer to what stopped it. */
export function retry(job: Job, answers: Answers = {}): void {
  endEngine(job);
  job.answers = { ...job.answers, ...answers };
  job.abort = new AbortController();
  job.state = "waiting";
  job.failure = null;
  changed();
  startNow(job);
}

/** Ends the job and forgets the document. */
export function dismiss(job: Job): void {
  job.abort.abort();
  endEngine(job);
  all = all.filter((other) => other !== job);
  changed();
  next();
}

/** Work that would be lost by leaving. */
export function hasUnsavedWork(): boolean {
  return all.some((job) => job.state === "writing" || (job.session?.touched === true && !job.downloaded) || (job.state === "done" && !job.downloaded));
}

function fail(job: Job, failure: Failure): void {
  if (job.state === "cancelled") return;
  job.failure = failure;
  job.state = "failed";
  endEngine(job);
}

function endEngine(job: Job): void {
  job.session?.dispose();
  job.session = null;
  job.result = null;
  job.engine?.close();
  job.engine = null;
}

function callOf(job: Job): { signal: AbortSignal; onProgress(progress: Progress): void } {
  return {
    signal: job.abort.signal,
    onProgress(progress) {
      job.progress = progress;
      changed();
    },
  };
}

function failureOf(error: unknown): Failure {
  return { code: "internal", message: error instanceof Error ? error.message : "" };
}
