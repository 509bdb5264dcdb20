/** Which of the ranges is under the point. `highlightsFromPoint` is not everywhere. */
export function rangeAt(ranges: readonly Range[], x: number, y: number): number {
  return ranges.findIndex((range) => Array.from(range.getClientRects()).some((rect) => x >= rect.left && x <= rect.right && y >= rect.top && y <= rect.bottom));
}
