import type { Problem } from "./engine.js";
import { FileKeeper } from "./file-keeper.js";
import type { Keeper, State } from "./state.js";
import type { Strings } from "./strings.js";
import { TextKeeper } from "./text-keeper.js";
import type { Panel } from "./view.js";

/** What the words below a field depend on, besides its state. */
export interface Situation {
  readonly words: Strings;
  readonly keeper: Keeper | null;
  /** The form waits to be sent. */
  readonly waiting: boolean;
  /** The page asks for something that the field cannot do. */
  readonly misused: boolean;
  /** What cannot be checked is sent empty and holds nothing up. */
  readonly clears: boolean;
  /** What was said before a check that began a moment ago: it stays until there is something to say. */
  readonly recent: Panel | null;
}

/** What is said below a field. */
export function panelOf(state: State, situation: Situation): Panel {
  const { words, keeper, waiting, recent } = situation;
  if (state.kind === "failed") return trouble(state.problem, situation);
  if (keeper instanceof FileKeeper) return filePanel(state, keeper, situation);
  if (state.kind === "empty") return { tone: "idle", message: words.idle };
  if (state.kind === "pending") {
    if (waiting) return { tone: "pending", message: words.sending };
    return recent ?? { tone: "pending", message: words.checking };
  }
  const values = keeper instanceof TextKeeper ? keeper.values : [];
  const kept = values.filter(({ decision }) => decision !== "redact").length;
  return { tone: "ready", message: values.length ? words.summary(values.length - kept, kept) : words.nothing };
}

function filePanel(state: State, keeper: FileKeeper, { words, waiting }: Situation): Panel {
  const { work, receipt } = keeper;
  if (work) {
    const message = waiting ? words.sending : words.fileChecking(work.index, work.total, work.name);
    return { tone: "pending", message, spoken: words.checking, progress: (work.index - 1 + work.part) / work.total, buttons: [{ label: words.without, press: () => keeper.dismiss() }] };
  }
  if (state.kind !== "ready" || !receipt) return { tone: "idle", message: words.idle };
  const files = receipt.files ?? [];
  const kept = files.reduce((sum, file) => sum + file.kept, 0);
  const removed = Object.values(receipt.counts).reduce((sum, count) => sum + count, 0) - kept;
  const unread = files.reduce((sum, file) => sum + file.unread, 0);
  const message = words.filesReady(receipt.files?.length ?? 1, removed);
  return { tone: "ready", message: unread ? `${message} ${words.fileUnread(unread)}` : message };
}

function trouble({ code, message }: Problem, { words, keeper, misused, clears }: Situation): Panel {
  const reason = words.problems[code] ?? message;
  const detail = code === "settings" || code === "options" ? `${reason} (${message})` : reason;
  const retry = { label: words.retry, press: () => keeper?.retry() };
  if (keeper instanceof FileKeeper && keeper.refused && !misused) {
    const { index, total } = keeper.refused;
    const buttons = [{ label: words.without, press: () => keeper.dismiss() }];
    return { tone: "failed", message: words.fileRefused(index, total, detail), buttons: code === "load" || code === "internal" ? [retry, ...buttons] : buttons };
  }
  const said = clears ? words.cleared(detail) : words.blocked(detail);
  return { tone: "failed", message: said, buttons: code === "settings" || code === "control" || code === "browser" ? [] : [retry] };
}
