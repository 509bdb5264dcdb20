import { disposable } from "./dispose.js";
import { fail, failureOf } from "./error.js";
import { Items } from "./items.js";
import type { Span } from "./protocol.js";
import type { Block, Box, Call, Decision, Entity, FileResult, Item, Outcome, Place, Review, Target, Unread } from "./types.js";

/** A place as the module gives it. */
export interface RawPlace extends Place {
  /** The number of its value. */
  readonly group: number;
  readonly person?: string;
}

/** A place that says the same as a selection. */
export interface Twin extends Span {
  readonly before: string;
  readonly value: string;
  readonly after: string;
  readonly where: string;
  readonly visible: boolean;
}

/** What is known of a document when it is opened. */
export interface Opening {
  readonly name: string;
  readonly format: string;
  readonly places: readonly RawPlace[];
  readonly unread: readonly Unread[];
  readonly blockCount: number;
}

/** What only the module can say of it. */
export interface Source {
  blocks(from: number, count: number): Promise<readonly Block[]>;
  boxes(spans: readonly Span[]): Promise<readonly (readonly Box[])[]>;
  same(span: Span): Promise<readonly Twin[]>;
  finish(decisions: readonly Decided[], areas: readonly Box[], call?: Call): Promise<FileResult>;
  close(): void;
}

/** A place as it goes to the module. */
export type Decided = Pick<Place, "id" | "node" | "start" | "end" | "entity" | "origin" | "confidence" | "decision">;

/** A place and what it belongs to. Never changed, only replaced: an act is what was there before and what is there after. */
export interface Entry {
  readonly place: Place;
  /** Places of one value have one group. */
  readonly group: string;
  readonly person: string | undefined;
}

interface Change {
  readonly id: string;
  readonly before: Entry | undefined;
  readonly after: Entry | undefined;
}

interface Act {
  readonly words: string;
  readonly changes: readonly Change[];
  /** Areas before and after, where the act was about them. */
  readonly areas?: readonly [readonly Box[], readonly Box[]];
}

const DECIDED: Readonly<Record<Decision, (places: string) => string>> = {
  redact: (places) => `Marked ${places} to be redacted`,
  keep: (places) => `Kept ${places}`,
  undecided: (places) => `Left ${places} undecided`,
};

/** The decisions on a document, in the page's own thread. */
export class ReviewModel extends EventTarget implements Review {
  readonly name: string;
  readonly format: string;
  readonly unread: readonly Unread[];
  readonly blockCount: number;
  readonly #source: Source;
  readonly #entries = new Map<string, Entry>();
  readonly #done: Act[] = [];
  readonly #undone: Act[] = [];
  #lastAct = "";
  #added = 0;
  #groups = 0;
  #closed = false;
  /** Raised by every change. */
  #state = 0;
  #finished: FileResult | undefined;
  #areas: readonly Box[] = [];
  readonly #items = new Items();
  readonly #nodes = new Map<number, Map<string, Place>>();
  /** The same, sorted, where somebody asked and nothing changed since. */
  readonly #sorted = new Map<number, readonly Place[]>();
  declare readonly [Symbol.dispose]: () => void;

  constructor(opening: Opening, source: Source) {
    super();
    this.name = opening.name;
    this.format = opening.format;
    this.unread = opening.unread;
    this.blockCount = opening.blockCount;
    this.#source = source;
    for (const { group, person, ...place } of opening.places) {
      // A near miss stays unless somebody says otherwise, and is shown as one that nobody has looked at.
      const decision = place.origin === "near" ? "undecided" : place.decision;
      this.#put({ id: place.id, before: undefined, after: { place: { ...place, decision }, group: String(group), person } });
    }
  }

  get items(): readonly Item[] {
    return this.#items.list;
  }

  place(id: string): Place | undefined {
    return this.#entries.get(id)?.place;
  }

  placesIn(node: number): readonly Place[] {
    let places = this.#sorted.get(node);
    if (!places) {
      places = [...(this.#nodes.get(node)?.values() ?? [])].sort((one, other) => one.start - other.start || other.end - one.end);
      this.#sorted.set(node, places);
    }
    return places;
  }

  get totals(): Review["totals"] {
    const totals = { redact: 0, keep: 0, undecided: 0, near: 0 };
    for (const { place } of this.#entries.values()) {
      totals[place.decision === "undecided" && place.origin === "near" ? "near" : place.decision]++;
    }
    return totals;
  }

  blocks(from: number, count: number): Promise<readonly Block[]> {
    return this.#source.blocks(from, count);
  }

  async boxes(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Box[]>> {
    const places = ids.map((id) => this.place(id)).filter((place) => place !== undefined);
    const boxes = await this.#source.boxes(places.map(({ node, start, end }) => ({ node, start, end })));
    return new Map(places.map((place, at) => [place.id, boxes[at] ?? []]));
  }

  decide(target: Target, decision: Decision): number {
    const changes = this.#targeted(target)
      .filter(({ place }) => place.decision !== decision)
      .map((entry) => change(entry, { ...entry, place: { ...entry.place, decision } }));
    return this.#act(changes, DECIDED[decision](count(changes.length)));
  }

  count(target: Target, decision?: Decision): number {
    const entries = this.#targeted(target);
    return decision === undefined ? entries.length : entries.filter(({ place }) => place.decision !== decision).length;
  }

  async add(selection: Span, entity: Entity, everywhere: boolean): Promise<number> {
    const { node, start, end } = selection;
    const twins = await this.#source.same({ node, start, end });
    if (this.#closed) throw fail("aborted", "The document was closed.");
    const itself = twins.find((twin) => twin.node === node && twin.start === start && twin.end === end);
    if (!itself) throw fail("internal", "The engine does not know the selection.");
    const group = this.#groupOf(itself.value);
    const changes = (everywhere ? twins : [itself]).flatMap((twin) => this.#mark(twin, entity, group));
    return this.#act(changes, `Added ${count(changes.length)}`);
  }

  retag(target: Target, entity: Entity): number {
    const changes = this.#targeted(target)
      .filter(({ place }) => place.entity !== entity)
      .map((entry) => change(entry, retagged(entry, entity)));
    return this.#act(changes, `Changed ${count(changes.length)} to ${entity}`);
  }

  assign(target: Target, person: string | undefined): number {
    const changes = this.#targeted(target)
      .filter((entry) => entry.person !== person)
      .map((entry) => change(entry, { ...entry, person }));
    return this.#act(changes, person === undefined ? `Took ${count(changes.length)} from a person` : `Gave ${count(changes.length)} to a person`);
  }

  get areas(): readonly Box[] {
    return this.#areas;
  }

  cover(areas: readonly Box[]): void {
    if (this.#closed) return;
    const next = areas.map(({ page, x, y, width, height }): Box => ({ page, x, y, width, height }));
    const words = next.length === 1 ? "1 area is painted over" : `${next.length} areas are painted over`;
    this.#done.push({ words, changes: [], areas: [this.#areas, next] });
    this.#undone.length = 0;
    this.#areas = next;
    this.#apply([], words);
  }

  undo(): boolean {
    const act = this.#done.pop();
    if (!act) return false;
    this.#undone.push(act);
    if (act.areas) this.#areas = act.areas[0];
    this.#apply(act.changes.map(({ id, before, after }) => ({ id, before: after, after: before })), `Undone: ${lower(act.words)}`);
    return true;
  }

  redo(): boolean {
    const act = this.#undone.pop();
    if (!act) return false;
    this.#done.push(act);
    if (act.areas) this.#areas = act.areas[1];
    this.#apply(act.changes, `Done again: ${lower(act.words)}`);
    return true;
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  get lastAct(): string {
    return this.#lastAct;
  }

  get finished(): FileResult | undefined {
    return this.#finished;
  }

  async finish(call?: Call): Promise<Outcome<FileResult>> {
    try {
      if (this.#closed) throw fail("aborted", "The document was closed.");
      if (call?.signal?.aborted) throw fail("aborted", "The work was cancelled.");
      if (this.#finished) return { ok: true, ...this.#finished };
      const { undecided } = this.totals;
      if (undecided > 0) throw fail("plan", `${count(undecided)} ${undecided === 1 ? "is" : "are"} undecided.`);
      const state = this.#state;
      const result = await this.#source.finish(this.#decided(), this.#areas, call);
      if (this.#closed) throw fail("aborted", "The document was closed.");
      if (state !== this.#state) throw fail("aborted", "Decisions were changed while the document was written; it was discarded.");
      this.#finished = result;
      return { ok: true, ...result };
    } catch (error) {
      return { ok: false, error: failureOf(error) };
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#finished = undefined;
    this.#source.close();
  }

  #decided(): readonly Decided[] {
    return Array.from(this.#entries.values(), ({ place: { id, node, start, end, entity, origin, confidence, decision } }) => ({
      id, node, start, end, entity, origin, confidence, decision,
    }));
  }

  #targeted(target: Target): readonly Entry[] {
    if ("place" in target) {
      const entry = this.#entries.get(target.place);
      return entry ? [entry] : [];
    }
    if ("item" in target || "person" in target) {
      return this.items
        .filter((item) => ("item" in target ? item.id === target.item : item.person === target.person))
        .flatMap((item) => item.places.flatMap(({ id }) => this.#entries.get(id) ?? []));
    }
    return Array.from(this.#entries.values()).filter(
      ({ place }) => (!("entity" in target) || place.entity === target.entity) && (target.origin === undefined || place.origin === target.origin),
    );
  }

  /** What an added span changes: places that stand exactly there, or else a new place. Those that overlap keep what was decided. */
  #mark(twin: Twin, entity: Entity, group: string): readonly Change[] {
    const there = this.placesIn(twin.node).filter(({ start, end }) => start === twin.start && end === twin.end);
    if (there.length > 0) {
      return there.flatMap(({ id, decision, entity: was }) => {
        const entry = this.#entries.get(id);
        if (!entry || (decision === "redact" && was === entity)) return [];
        const tagged = was === entity ? entry : retagged(entry, entity);
        return change(entry, { ...tagged, place: { ...tagged.place, decision: "redact" } });
      });
    }
    const { node, start, end, before, value, after, where, visible } = twin;
    const place: Place = {
      id: `added-${++this.#added}`, node, start, end, entity, origin: "added", confidence: 1, why: ["added by hand"], where, before, value, after, visible, decision: "redact",
    };
    return [change(undefined, { place, group, person: undefined })];
  }

  #groupOf(value: string): string {
    for (const { place, group } of this.#entries.values()) if (place.value === value) return group;
    return `added-${++this.#groups}`;
  }

  #act(changes: readonly Change[], words: string): number {
    if (changes.length === 0 || this.#closed) return 0;
    this.#done.push({ words, changes });
    this.#undone.length = 0;
    this.#apply(changes, words);
    return changes.length;
  }

  #apply(changes: readonly Change[], words: string): void {
    for (const one of changes) this.#put(one);
    this.#lastAct = words;
    this.#state++;
    this.#finished = undefined;
    this.dispatchEvent(new Event("change"));
  }

  #put({ id, before, after }: Change): void {
    if (after) this.#entries.set(id, after);
    else this.#entries.delete(id);
    this.#items.change(before, after);
    const place = (after ?? before)?.place;
    if (!place) return;
    const places = this.#nodes.get(place.node) ?? new Map<string, Place>();
    this.#nodes.set(place.node, places);
    if (after) places.set(id, place);
    else places.delete(id);
    this.#sorted.delete(place.node);
  }
}

disposable(ReviewModel);

function change(before: Entry | undefined, after: Entry): Change {
  return { id: after.place.id, before, after };
}

/** What is put in its place is the policy's to say, anew. A name that is none after all is nobody's. */
function retagged(entry: Entry, entity: Entity): Entry {
  const { replacement: _, ...place } = entry.place;
  return { group: entry.group, person: entry.place.entity === "PERSON" ? undefined : entry.person, place: { ...place, entity } };
}

function count(places: number): string {
  return places === 1 ? "1 place" : `${places} places`;
}

function lower(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
