import type { Catalogue, Entity, FileResult, Report } from "../types.js";
import { sha256 } from "./sha256.js";
import { counts, type Value } from "./values.js";

/**
 * What goes with a redacted entry to the server. Holds no value. A server that takes no entry without its receipt, and checks
 * the hash and the ruleset, takes nothing that came past the field by mistake.
 */
export interface Receipt {
  readonly kind: "text" | "files";
  readonly policy: string;
  /** Hash of what decides what is found; the command line prints the same. */
  readonly ruleset: string;
  readonly version: string;
  /** Places by entity: of a text those that were redacted, of files those that were found. */
  readonly counts: Readonly<Record<Entity, number>>;
  /** Places of a text that were found and stay, by the policy's or a person's choice. */
  readonly kept?: Readonly<Record<Entity, number>>;
  /** Those of `kept` that the policy would have redacted. */
  readonly byHand?: Readonly<Record<Entity, number>>;
  /** Of the redacted text in UTF-8, with the line ends that forms send: CR LF. */
  readonly sha256?: string;
  readonly files?: readonly FileReceipt[];
}

export interface FileReceipt {
  readonly verdict: Report["verdict"];
  /** Places that were found, by entity. */
  readonly counts: Readonly<Record<Entity, number>>;
  /** How many of them the policy lets stay. */
  readonly kept: number;
  /** Of the file's bytes. */
  readonly sha256: string;
  /** Parts that were not looked into. */
  readonly unread: number;
}

/** What a form says when the entry was left out, with `on-error="clear"`. */
export interface Refusal {
  readonly kind: "refused";
  readonly code: string;
}

type Basis = Pick<Receipt, "policy" | "ruleset" | "version">;

export function basis(policy: string, { ruleset, version }: Catalogue): Basis {
  return { policy, ruleset, version };
}

/** `text` is asked for when somebody reads the hash: while people type, nobody does. */
export function textReceipt(basis: Basis, text: () => string, values: readonly Value[]): Receipt {
  let hash: string | undefined;
  return {
    kind: "text",
    ...basis,
    counts: counts(values, ({ decision }) => decision === "redact"),
    kept: counts(values, ({ decision }) => decision === "keep"),
    byHand: counts(values, ({ decision, byHand }) => byHand && decision === "keep"),
    get sha256(): string {
      hash ??= sha256(new TextEncoder().encode(text().replace(/\r\n|\r|\n/g, "\r\n")));
      return hash;
    },
  };
}

export async function fileReceipt(basis: Basis, results: readonly FileResult[]): Promise<Receipt> {
  const files: FileReceipt[] = [];
  const total: Record<Entity, number> = {};
  for (const { file, report } of results) {
    for (const [entity, count] of Object.entries(report.findings.by_entity)) total[entity] = (total[entity] ?? 0) + count;
    // Of the bytes that are sent, whatever the report says.
    const hash = sha256(new Uint8Array(await file.arrayBuffer()));
    const operators = report.findings["by_operator"];
    const kept = typeof operators === "object" && operators !== null && "keep" in operators && typeof operators.keep === "number" ? operators.keep : 0;
    files.push({ verdict: report.verdict, counts: report.findings.by_entity, kept, sha256: hash, unread: report.unread.length });
  }
  return { kind: "files", ...basis, counts: total, files };
}
