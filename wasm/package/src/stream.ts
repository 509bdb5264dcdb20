import type { Call, Engine, Finding, Options } from "./types.js";

/** A stream's findings, with offsets in the whole text. */
export function scanStream(engine: Engine, options?: Options, call?: Call): TransformStream<string, Finding> {
  let at = 0;
  return new TransformStream({
    async transform(text, controller) {
      for (const finding of await engine.scan(text, options, call)) controller.enqueue({ ...finding, start: finding.start + at, end: finding.end + at });
      at += text.length;
    },
  });
}

export function redactStream(engine: Engine, options?: Options, call?: Call): TransformStream<string, string> {
  return new TransformStream({
    async transform(text, controller) {
      controller.enqueue((await engine.redact(text, options, call)).text);
    },
  });
}
