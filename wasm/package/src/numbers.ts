import type { Finding } from "./types.js";

const NUMBERED = /^\[([A-Z][A-Z0-9_]*)-(\d+)\]$/;
/** Values whose numbers are remembered. */
const REMEMBERED = 50_000;

/**
 * Numbers of labels over all windows of a text. The engine numbers within what it is shown: `[PERSON-1]` of two windows are
 * different people. Here a number never stands for two; one person can have several, when nothing but part of the name says
 * who it is.
 */
export class Numbers {
  readonly #next = new Map<string, number>();
  readonly #known = new Map<string, string>();
  /** Labels of the last window by offset in the whole: windows overlap, and what was named there keeps its name. */
  #placed = new Map<number, string>();

  /** What replaces each finding of a window that begins at `at`. */
  labels(text: string, at: number, findings: readonly Finding[]): ReadonlyMap<Finding, string> {
    const given = new Map<string, string>();
    const taken = new Set<string>();
    for (const known of [(finding: Finding) => this.#placed.get(at + finding.start), (finding: Finding) => this.#known.get(key(finding, text))]) {
      for (const finding of findings) {
        const label = finding.replacement ?? "";
        const mine = NUMBERED.test(label) && !given.has(label) ? known(finding) : undefined;
        if (mine === undefined || taken.has(mine) || entityOf(mine) !== entityOf(label)) continue;
        given.set(label, mine);
        taken.add(mine);
      }
    }
    const placed = new Map<number, string>();
    const labels = new Map<Finding, string>();
    for (const finding of findings) {
      const label = finding.replacement ?? "";
      const entity = entityOf(label);
      if (entity === undefined) {
        labels.set(finding, label);
        continue;
      }
      const mine = given.get(label) ?? this.#new(entity);
      given.set(label, mine);
      labels.set(finding, mine);
      placed.set(at + finding.start, mine);
      this.#remember(key(finding, text), mine);
    }
    this.#placed = placed;
    return labels;
  }

  #new(entity: string): string {
    const number = (this.#next.get(entity) ?? 0) + 1;
    this.#next.set(entity, number);
    return `[${entity}-${number}]`;
  }

  #remember(value: string, label: string): void {
    // Half a name can be two people's.
    if (!/\s/.test(value)) return;
    this.#known.delete(value);
    this.#known.set(value, label);
    if (this.#known.size <= REMEMBERED) return;
    for (const oldest of this.#known.keys()) {
      this.#known.delete(oldest);
      break;
    }
  }
}

function entityOf(label: string): string | undefined {
  return NUMBERED.exec(label)?.[1];
}

function key(finding: Finding, text: string): string {
  return text.slice(finding.start, finding.end).toLowerCase().replace(/\s+/g, " ");
}
