/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The words of the package. Offsets are UTF-16 code units, half open, as in `String.prototype.slice`.
 * Entities and policies have the names that the command line uses: `PERSON`, `safe-harbor`.
 */

/** An entity's id, `PERSON`. The engine's `catalogue` lists all. */
export type Entity = string;

/** What is looked for, and what becomes of it. Everything may be left out. */
export interface Options {
  /** A preset's name (default `redact`), or a policy of your own as TOML. */
  readonly policy?: string | { readonly toml: string };
  /** What the policy asks its user for. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Look for these entities only. A policy that a law has a list for refuses this. */
  readonly entities?: readonly Entity[];
  /** Entities that stay whatever the policy says; the receipt names them. */
  readonly allow?: readonly Entity[];
  /** Act from this confidence on, 0 to 1, instead of the policy's thresholds. */
  readonly threshold?: number;
  /** Terms that have to go, whatever stands around them. */
  readonly deny?: readonly string[];
  /** Terms that are never found. */
  readonly keep?: readonly string[];
  /** What is known of the people, as TOML: `docs/case-sheet.md`. */
  readonly caseSheet?: string;
  /** Who is to have the result: what the case sheet lets them have by consent stays. */
  readonly recipient?: string;
  /** The day for consents, `2026-11-22`; today when left out. */
  readonly today?: string;
  /** 32 random bytes or more, for keyed pseudonyms; stays where the engine is. */
  readonly key?: Uint8Array;
  /** What becomes of a document with parts that nobody could read, instead of the policy's choice. */
  readonly onUnread?: "fail" | "remove" | "blank" | "keep";
  /** Also give near misses from this confidence on, at least 0.25. `open` uses 0.3 when left out. */
  readonly near?: number;
  /** Passwords to try on encrypted documents. */
  readonly passwords?: readonly string[];
}

/** What becomes of a place. */
export type Decision = "redact" | "keep" | "undecided";

/** Something found in a text. */
export interface Finding {
  readonly id: string;
  readonly entity: Entity;
  readonly start: number;
  readonly end: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** Below the policy's threshold: not acted on unless somebody says so. */
  readonly near: boolean;
  /** What the policy does with it. */
  readonly decision: Decision;
  /** Why, in words, without the value. */
  readonly why: readonly string[];
  /** What the policy puts in its place; absent where it stays. */
  readonly replacement?: string;
}

/** A redacted text. */
export interface TextResult {
  readonly text: string;
  readonly findings: readonly Finding[];
  /** What was removed, in order, for `restoreText`. Holds values: keep it as carefully as the text. */
  readonly record: RestoreRecord;
}

/** Opaque: what was removed from a document or text. It holds values. */
export type RestoreRecord = string & { readonly __record: unique symbol };

/** Why there is no result. Never holds document text. */
export interface Failure {
  readonly code:
    | "unsupported" | "encrypted" | "damaged" | "encoding" | "limit" | "uninspectable" | "residue" | "untreated" | "plan" | "internal"
    | "options" | "aborted" | "load";
  readonly message: string;
}

export type Outcome<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly error: Failure };

/** How far the work is. `done` never goes back. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly unit: "bytes" | "step";
}

/** The report of one file, as in the command line's `report.json` under `files`. Holds no value. */
export interface Report {
  readonly verdict: "redacted" | "clean" | "kept" | "refused";
  readonly format?: string;
  readonly bytes_in: number;
  readonly bytes_out?: number;
  readonly sha256_in?: string;
  readonly sha256_out?: string;
  readonly findings: { readonly by_entity: Readonly<Record<Entity, number>>; readonly [more: string]: unknown };
  readonly unread: readonly Unread[];
  readonly verified?: { readonly segments: number; readonly parts: number; readonly values: number };
  readonly notes: readonly string[];
  readonly [more: string]: unknown;
}

/** A part that was not looked into. */
export interface Unread {
  readonly part: string;
  readonly reason: string;
}

/** A written and verified document. */
export interface FileResult {
  readonly file: File;
  readonly report: Report;
  /** The report as a file: JSON, as `subrosa redact` writes it beside its output. Holds no value. */
  readonly runReport: string;
  readonly record: RestoreRecord;
}

export interface Call {
  readonly signal?: AbortSignal;
  onProgress?(progress: Progress): void;
}

/** Where the engine's parts come from. Everything may be left out. */
export interface EngineOptions {
  /** The WebAssembly module; the file beside the script when left out. */
  readonly module?: URL | Response | BufferSource | WebAssembly.Module;
  /** The dictionaries and weights, `subrosa.dat`; the file beside the script when left out. Only those of the same version are taken. */
  readonly data?: URL | Response | BufferSource;
  /**
   * The worker's script, something that makes workers of it, one worker (which cannot be replaced when it has to be ended),
   * or `false`: work in this thread, where a call that has begun cannot be stopped.
   */
  readonly worker?: URL | (() => Worker) | Worker | false;
  /** The instance is replaced by a fresh one after a file when its memory is above this many bytes; 64 MiB when left out. */
  readonly memory?: number;
}

/** What the engine knows. */
export interface Catalogue {
  readonly version: string;
  /** Hash of everything that decides what is found; the command line prints the same. */
  readonly ruleset: string;
  readonly entities: readonly { readonly id: Entity; readonly summary: string; readonly group: string }[];
  readonly policies: readonly { readonly name: string; readonly description: string; readonly basis?: string; readonly needsKey: boolean; readonly parameters: readonly Parameter[] }[];
  /** `docx`, `pdf`, ... */
  readonly formats: readonly string[];
}

/** What a policy asks its user for. */
export interface Parameter {
  readonly name: string;
  /** What it is for, in words. */
  readonly description: string;
  /** Whether the policy does nothing without it. */
  readonly required: boolean;
  /** What it is when nobody gives it. */
  readonly default?: string;
  /** The values there are; any text when empty. */
  readonly choices: readonly string[];
}

/** Looks into texts and documents. Made by `createEngine`. Calls are done one after the other. */
export interface Engine extends Disposable {
  readonly catalogue: Catalogue;
  scan(text: string, options?: Options, call?: Call): Promise<readonly Finding[]>;
  redact(text: string, options?: Options, call?: Call): Promise<TextResult>;
  restoreText(text: string, record: RestoreRecord): Promise<{ readonly text: string; readonly lost: number }>;
  /** Redacts a file as the command line does: written, read again, searched. Refuses rather than leaves something behind. */
  redactFile(file: Blob, options?: Options & { readonly name?: string }, call?: Call): Promise<Outcome<FileResult>>;
  restoreFile(file: Blob, record: RestoreRecord, options?: { readonly name?: string; readonly passwords?: readonly string[] }): Promise<Outcome<{ readonly file: File; readonly lost: number }>>;
  /** Reads a file for a person to decide on. */
  open(file: Blob, options?: Options & { readonly name?: string }, call?: Call): Promise<Outcome<{ readonly review: Review }>>;
  /** Looks for what somebody else's redaction left in a file. */
  check(file: Blob, options?: { readonly name?: string; readonly passwords?: readonly string[] }, call?: Call): Promise<Outcome<{ readonly leaks: readonly Leak[]; readonly unread: readonly Unread[] }>>;
  /** Ends the worker; what is under way ends as `aborted`. `[Symbol.dispose]`, where that exists, does the same. */
  close(): void;
}

/** Something that a redaction left behind. */
export interface Leak {
  /** The kind: `text-under-box`, `tracked-deletion`, ... */
  readonly kind: string;
  /** What it is, why it matters, what to do about it: of the kind, in words. */
  readonly title: string;
  readonly why: string;
  readonly advice: string;
  readonly severity: "low" | "medium" | "high";
  /** Where, for people. */
  readonly place: string;
  /** What is there, in words, without the value. */
  readonly detail: string;
  readonly count: number;
}

/** One place in a document. */
export interface Place {
  readonly id: string;
  /** The segment, which blocks name too. */
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly entity: Entity;
  readonly origin: "found" | "near" | "added";
  readonly confidence: number;
  readonly why: readonly string[];
  /** Where it stands, for people: `page 2`, `word/header1.xml`. */
  readonly where: string;
  readonly before: string;
  readonly value: string;
  readonly after: string;
  readonly replacement?: string;
  /** False for metadata, comments, hidden text: what the page does not show. */
  readonly visible: boolean;
  readonly decision: Decision;
}

/** One value with all its places, however it is written there. */
export interface Item {
  readonly id: string;
  readonly entity: Entity;
  readonly value: string;
  /** `PERSON-1`, for values that belong to a person, as far as the engine can tell. */
  readonly person?: string;
  readonly origin: Place["origin"];
  readonly places: readonly Place[];
  readonly decision: Decision | "mixed";
}

/** A piece of the document as a person reads it. */
export interface Block {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly shape: "paragraph" | "heading" | "item" | "cell" | "field" | "line";
  /** Of a heading or a list item, from 1. */
  readonly level?: number;
  /** Of a cell: tables of a document have different numbers; rows and columns from 1. */
  readonly table?: number;
  readonly row?: number;
  readonly column?: number;
  /** The field's or column's name. */
  readonly label?: string;
  /** The part of the document, for people, in reading order: `Text`, `Header`, `Comments`, `Properties`, `Sheet Clients`, `Page 2`. */
  readonly section: string;
  readonly visible: boolean;
  /** Emphasis, in UTF-16 units of the segment, sorted and disjoint. */
  readonly runs?: readonly { readonly start: number; readonly end: number; readonly bold?: boolean; readonly italic?: boolean; readonly underline?: boolean; readonly struck?: boolean }[];
  /** What a reader sees in place of the whole text, where that is something else: a cell's number as its sheet shows it (`12.5%` for `0.125`). */
  readonly shown?: string;
}

/**
 * A rectangle on a page: PDF points (1/72 inch) from the upper left corner of the page as a viewer shows it; in a picture, pixels
 * from the upper left corner as it is shown upright, and the frame for the page.
 */
export interface Box {
  /** From 1. */
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Target =
  | { readonly place: string }
  | { readonly item: string }
  | { readonly person: string }
  | { readonly entity: Entity; readonly origin?: Place["origin"] }
  | { readonly all: true; readonly origin?: Place["origin"] };

/** A document that a person decides on. Dispatches `change` after every act. */
export interface Review extends EventTarget, Disposable {
  readonly name: string;
  readonly format: string;
  /** Values by person, then by entity; those with near misses only come last. Same array and same objects until they change. */
  readonly items: readonly Item[];
  place(id: string): Place | undefined;
  /** Places of a segment, by start. */
  placesIn(node: number): readonly Place[];
  /** Parts that were not looked into. */
  readonly unread: readonly Unread[];
  readonly blockCount: number;
  blocks(from: number, count: number): Promise<readonly Block[]>;
  /** Where places are drawn, for formats with pages; empty for others. */
  boxes(places: readonly string[]): Promise<ReadonlyMap<string, readonly Box[]>>;
  /** The number of places that changed. */
  decide(target: Target, decision: Decision): number;
  /** How many places are meant; with a decision, how many `decide` would change. */
  count(target: Target, decision?: Decision): number;
  /**
   * Adds a span to be redacted; with `everywhere` all places of its text too. A place that stands there already is decided and
   * retagged instead. The number of places added or changed.
   */
  add(selection: { readonly node: number; readonly start: number; readonly end: number }, entity: Entity, everywhere: boolean): Promise<number>;
  /** Says what it is instead; the decision stays. The number of places that changed. */
  retag(target: Target, entity: Entity): number;
  /**
   * Says whom values belong to: another item's `person`, a name of your own for somebody new, or nobody. That is for lists and for
   * decisions on a whole person; what the policy puts in place of names is as it was. The number of places that changed.
   */
  assign(target: Target, person: string | undefined): number;
  /** Areas of a picture that are painted over, whatever is in them. */
  readonly areas: readonly Box[];
  /** Other areas instead. Only pictures (`png`, `jpg`, `gif`, `bmp`, `webp`, `tiff`) can be painted over: `finish` refuses others. */
  cover(areas: readonly Box[]): void;
  undo(): boolean;
  redo(): boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** The last act in words: `Kept 9 places`. */
  readonly lastAct: string;
  /** Places. `undecided` are those that `finish` asks for, `near` the near misses that nobody decided on. Together: all. */
  readonly totals: { readonly redact: number; readonly keep: number; readonly undecided: number; readonly near: number };
  /**
   * Writes, reads again, searches. Undecided places that were found refuse it (`plan`), a change while it works discards the
   * result (`aborted`).
   */
  finish(call?: Call): Promise<Outcome<FileResult>>;
  /** What `finish` made, as long as nothing was changed since. */
  readonly finished: FileResult | undefined;
  /** Forgets the document. `[Symbol.dispose]`, where that exists, does the same. */
  close(): void;
}
