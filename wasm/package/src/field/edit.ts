/** One edit: what stood from `start` to `end` of the old text stands from `start` to `start + inserted` of the new one. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly inserted: number;
}

/** The shortest single edit that makes one text of another; `null` when they are the same. */
export function editBetween(before: string, after: string): Edit | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (tail < most - start && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
  return { start, end: before.length - tail, inserted: after.length - tail - start };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Spans of the old text that the edit did not touch, where they stand in the new one. */
export function moved<S extends Span>(spans: readonly S[], edit: Edit | null): readonly S[] {
  if (!edit) return spans;
  const by = edit.inserted - (edit.end - edit.start);
  return spans.flatMap((span) => {
    if (span.end <= edit.start) return [span];
    if (span.start >= edit.end) return [{ ...span, start: span.start + by, end: span.end + by }];
    return [];
  });
}
