import type { Failure } from "./types.js";

const CODES: ReadonlySet<string> = new Set<Failure["code"]>([
  "unsupported", "encrypted", "damaged", "encoding", "limit", "uninspectable", "residue", "untreated", "plan", "internal", "options", "aborted", "load",
]);

/** What calls about texts reject with. Files give an `Outcome` instead. */
export class SubrosaError extends Error {
  readonly code: Failure["code"];

  constructor(failure: Failure) {
    super(failure.message);
    this.name = "SubrosaError";
    this.code = failure.code;
  }

  get failure(): Failure {
    return { code: this.code, message: this.message };
  }
}

export function fail(code: Failure["code"], message: string): SubrosaError {
  return new SubrosaError({ code, message });
}

export const aborted = (): SubrosaError => fail("aborted", "The work was cancelled.");

/** The failure that an error stands for. The words of errors that are not ours may hold document text: they are left out. */
export function failureOf(error: unknown): Failure {
  return error instanceof SubrosaError ? error.failure : { code: "internal", message: "Something unexpected happened; there is no result." };
}

/** The failure that the module tells as JSON, if it is one. A code that is not known here is `internal`. */
export function failureIn(json: string): Failure | undefined {
  const told = toldIn(json);
  return told && { code: CODES.has(told.code) ? (told.code as Failure["code"]) : "internal", message: told.message };
}

/** Whether the module tells that the file is for the module with every format. */
export function isFurther(json: string): boolean {
  return toldIn(json)?.code === "further";
}

function toldIn(json: string): { readonly code: string; readonly message: string } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { code, message } = value as Record<string, unknown>;
  return typeof code === "string" && typeof message === "string" ? { code, message } : undefined;
}
