import type { Wrapped } from "./controls.js";
import { replaceFiles, replaceText } from "./form-data.js";
import type { Refusal } from "./receipt.js";
import type { Keeper, State } from "./state.js";

/** Has a form send what may be sent in place of a control's entries, and with it the receipt, or why there is none. */
export function replaceEntries(data: FormData, name: string, current: Wrapped, state: State, keeper: Keeper): void {
  const outgoing = state.kind === "ready" || state.kind === "empty" ? keeper.outgoing() : null;
  const sent = replace(data, name, current, outgoing);
  if (state.kind === "ready" && sent) data.append(`${name}-receipt`, JSON.stringify(state.receipt));
  else if (state.kind === "failed") data.append(`${name}-receipt`, JSON.stringify({ kind: "refused", code: state.problem.code } satisfies Refusal));
}

function replace(data: FormData, name: string, current: Wrapped, outgoing: string | readonly File[] | null): boolean {
  const text = typeof outgoing === "string" ? outgoing : null;
  if (current.kind === "file") return replaceFiles(data, name, filesBeside(current.control), typeof outgoing === "string" ? null : outgoing);
  if (current.kind === "text") {
    const had = data.has(name);
    const sent = replaceText(data, name, current.control.value, text);
    if (had && current.control.dirName) data.delete(current.control.dirName);
    return sent;
  }
  if (text === null) return false;
  data.append(name, text);
  return true;
}

/** Files of the form's other controls of the same name. */
function filesBeside(control: HTMLInputElement): ReadonlySet<FormDataEntryValue> {
  const beside = Array.from(control.form?.elements ?? []).filter((other): other is HTMLInputElement => other instanceof HTMLInputElement && other !== control && other.name === control.name);
  return new Set(beside.flatMap((other) => Array.from(other.files ?? [])));
}
