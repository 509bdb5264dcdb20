import type { Catalogue, Decision, Finding } from "../types.js";
import { editBetween, moved } from "./edit.js";
import { problemOf } from "./engine.js";
import { familyOf } from "./families.js";
import { basis, textReceipt, type Receipt } from "./receipt.js";
import { Scanner, within } from "./scanner.js";
import type { Desk, Keeper, State } from "./state.js";
import type { Drawn, Surface } from "./surface.js";
import { counts, keyOf, redacted, spread, valuesOf, type Value } from "./values.js";

/** Longer texts have the list only: laying a second copy out for every key would be felt. Characters. */
const LONGEST = 50_000;

interface Checked {
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly catalogue: Catalogue;
  readonly values: readonly Value[];
  readonly redacted: () => string;
  readonly receipt: Receipt;
}

/** Watches over a text. The control's own text is never changed: what is sent is made from it when it is sent. */
export class TextKeeper implements Keeper {
  readonly control: HTMLElement;
  readonly surface: Surface;
  readonly #desk: Desk;
  readonly #scanner: Scanner;
  /** What a person said of a value, as long as the field lives: also when the value goes away and comes back. */
  readonly #decided = new Map<string, Decision>();
  #checked: Checked | null = null;
  #failed: { readonly text: string; readonly state: State } | null = null;
  #composing = false;
  /** Counts up with every change of settings: a scan begun under others is worth nothing. */
  #era = 0;

  constructor(desk: Desk, control: HTMLElement, surface: Surface) {
    this.#desk = desk;
    this.control = control;
    this.surface = surface;
    this.#scanner = new Scanner((signal) => this.#scan(signal));
  }

  get values(): readonly Value[] {
    return this.#checked?.values ?? [];
  }

  get findings(): readonly Finding[] {
    return this.#checked?.findings ?? [];
  }

  /** The key of the value that a finding belongs to. */
  keyOfFinding(id: string): string | undefined {
    const finding = this.findings.find((known) => known.id === id);
    return finding && this.#checked ? keyOf(this.#checked.text.slice(finding.start, finding.end)) : undefined;
  }

  get catalogue(): Catalogue | undefined {
    return this.#checked?.catalogue;
  }

  sync(): State {
    const state = this.#judge(this.surface.read());
    // A script may have set the text without any event.
    if (state.kind === "pending" && !this.#composing && !this.#scanner.busy) this.#scanner.soon();
    return state;
  }

  typed(): void {
    this.surface.touched();
    this.sync();
    if (!this.#composing) this.#scanner.soon();
  }

  composing(on: boolean): void {
    this.#composing = on;
    if (!on) this.typed();
  }

  retry(): void {
    this.#failed = null;
    this.sync();
    this.#scanner.now();
    this.#desk.changed();
  }

  /** Somebody waits for the result: no waiting for a pause in typing. */
  hurry(): void {
    if (this.sync().kind === "pending" && !this.#composing) this.#scanner.now();
  }

  decide(key: string, decision: Decision): void {
    this.#decided.set(key, decision);
    if (!this.#checked) return;
    const { text, findings, catalogue } = this.#checked;
    this.#settle(text, findings, catalogue);
  }

  outgoing(): string | null {
    const text = this.surface.read();
    if (text === "") return "";
    return this.#checked?.text === text && this.#judge(text).kind === "ready" ? this.#checked.redacted() : null;
  }

  invalidate(): void {
    this.#era++;
    this.#checked = null;
    this.#failed = null;
    this.#scanner.soon();
  }

  reset(): void {
    this.#decided.clear();
    this.invalidate();
    this.surface.draw([]);
  }

  dispose(): void {
    this.#scanner.stop();
    this.surface.dispose();
  }

  #judge(text: string): State {
    if (text === "") return { kind: "empty" };
    if (this.#checked?.text === text) return { kind: "ready", receipt: this.#checked.receipt };
    if (this.#failed?.text === text) return this.#failed.state;
    return { kind: "pending" };
  }

  async #scan(signal: AbortSignal): Promise<void> {
    const text = this.surface.read();
    const state = this.#judge(text);
    if (state.kind === "empty") {
      this.#checked = null;
      this.#failed = null;
      this.surface.draw([]);
    }
    if (state.kind !== "pending" || this.#composing) return this.#desk.changed();
    const era = this.#era;
    try {
      const engine = await within(this.#desk.engine("text"), signal);
      const { catalogue } = engine;
      const findings = await within(engine.scan(text, this.#desk.settings.options, { signal }), signal);
      if (era === this.#era) return this.#take(text, findings, catalogue);
      this.#scanner.soon();
    } catch (error) {
      if (era !== this.#era) return this.#scanner.soon();
      const problem = problemOf(error, { code: "internal", message: "The check failed." });
      this.#failed = { text, state: { kind: "failed", problem } };
      this.#checked = null;
      this.surface.draw([]);
    }
    this.#desk.changed();
  }

  #take(text: string, findings: readonly Finding[], catalogue: Catalogue): void {
    this.#failed = null;
    this.#settle(text, findings, catalogue, true);
    if (this.surface.read() !== text) this.#scanner.soon();
  }

  #settle(text: string, findings: readonly Finding[], catalogue: Catalogue, anew = false): void {
    const values = spread(text, valuesOf(text, findings, this.#decided));
    let made: string | undefined;
    const result = (): string => (made ??= redacted(text, values));
    const receipt = textReceipt(basis(this.#desk.settings.policy, catalogue), result, values);
    this.#checked = { text, findings, catalogue, values, redacted: result, receipt };
    this.#draw(text, values, catalogue);
    if (anew) this.#desk.scanned(counts(values, () => true));
    this.#desk.changed();
  }

  /** When somebody typed on meanwhile, the places that the typing did not touch are drawn all the same. */
  #draw(text: string, values: readonly Value[], catalogue: Catalogue): void {
    if (this.#desk.settings.show !== "marks" || text.length > LONGEST) return this.surface.draw([]);
    const edit = editBetween(text, this.surface.read());
    const drawn = values.map(({ key, entity, decision, places }): Drawn => ({ key, family: familyOf(entity, catalogue), decision, places: moved(places, edit) }));
    this.surface.draw(drawn);
  }
}
