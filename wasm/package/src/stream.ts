import { fail } from "./error.js";
import { Numbers } from "./numbers.js";
import type { Call, Engine, Finding, Options } from "./types.js";
import { Windows, type Looked, type Sizes } from "./windows.js";

/** Findings of a text of any length, in order, with offsets in the whole of it. Memory is that of a window. */
export function scanStream(engine: Engine, options?: Options, call?: Call, sizes?: Sizes): TransformStream<string, Finding> {
  const windows = new Windows((text) => engine.scan(text, options, call), sizes);
  return transform(windows, ({ from, to, at, findings }, controller) => {
    for (const finding of findings) {
      const start = Math.max(from, finding.start) + at;
      const end = Math.min(to, finding.end) + at;
      if (start < end) controller.enqueue({ ...finding, id: `${at}-${finding.id}`, start, end });
    }
  });
}

/**
 * A text of any length, redacted. Numbers of labels are the stream's own: none stands for two people. A way back is not kept.
 */
export function redactStream(engine: Engine, options?: Options, call?: Call, sizes?: Sizes): TransformStream<string, string> {
  const numbers = new Numbers();
  const windows = new Windows(async (text) => {
    const result = await engine.redact(text, options, call);
    const removed = result.findings.filter(({ decision, replacement }) => decision === "redact" && replacement !== undefined);
    // What a policy does beyond its findings cannot be done by halves.
    if (replaced(text, 0, text.length, removed, ({ replacement }) => replacement ?? "") !== result.text) {
      throw fail("unsupported", "This policy cannot be used on a stream.");
    }
    return removed;
  }, sizes);
  return transform(windows, ({ text, from, to, at, findings }, controller) => {
    const labels = numbers.labels(text, at, findings);
    controller.enqueue(replaced(text, from, to, findings, (finding) => labels.get(finding) ?? ""));
  });
}

function replaced(text: string, from: number, to: number, findings: readonly Finding[], label: (finding: Finding) => string): string {
  let out = "";
  let at = from;
  for (const finding of findings) {
    if (finding.end <= from || finding.start >= to) continue;
    out += text.slice(at, Math.max(at, finding.start)) + label(finding);
    at = Math.max(at, finding.end);
  }
  return out + text.slice(at, to);
}

function transform<T>(windows: Windows<Finding>, give: (looked: Looked<Finding>, controller: TransformStreamDefaultController<T>) => void): TransformStream<string, T> {
  return new TransformStream<string, T>({
    async transform(chunk, controller) {
      if (typeof chunk !== "string") throw fail("options", "A text stream holds strings; put a TextDecoderStream before it.");
      for await (const looked of windows.push(chunk)) give(looked, controller);
    },
    async flush(controller) {
      for await (const looked of windows.end()) give(looked, controller);
    },
  });
}
