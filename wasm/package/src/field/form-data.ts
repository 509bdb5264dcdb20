/** Changes to the data of a form. Everything keeps its order. */

type Entry = readonly [string, FormDataEntryValue];

/** Replaces each entry by what `change` gives for it. */
function rewrite(data: FormData, change: (entry: Entry) => readonly Entry[]): void {
  const entries = Array.from(data.entries()).flatMap((entry) => change(entry));
  for (const name of new Set(data.keys())) data.delete(name);
  for (const [name, value] of entries) data.append(name, value);
}

/** Line ends are written differently by controls, forms and hard wrapping. */
const squash = (text: string): string => text.replace(/[\r\n]+/gu, "");

/**
 * The entry of a text control becomes `outgoing`, or goes when that is `null`. Other controls may have the same name; when no
 * entry is plainly this control's, all of the name go: it must be among them.
 */
export function replaceText(data: FormData, name: string, raw: string, outgoing: string | null): boolean {
  if (!data.has(name)) return false;
  const own = squash(raw);
  const isOwn = ([key, value]: Entry): boolean => key === name && typeof value === "string" && squash(value) === own;
  const certain = Array.from(data.entries()).some(isOwn);
  let replaced = false;
  rewrite(data, (entry) => {
    if (certain ? !isOwn(entry) : entry[0] !== name) return [entry];
    if (outgoing === null || !certain) return [];
    replaced = true;
    return [[name, outgoing]];
  });
  return replaced;
}

/**
 * The entries of a file control become `outgoing`, or go. What other controls of the same name hold stays; every file that is
 * not plainly theirs counts as this control's: its files may have been taken out after the entries were made.
 */
export function replaceFiles(data: FormData, name: string, others: ReadonlySet<FormDataEntryValue>, outgoing: readonly File[] | null): boolean {
  let written = false;
  rewrite(data, (entry) => {
    const [key, value] = entry;
    const isEmpty = value instanceof File && value.name === "" && value.size === 0;
    if (key !== name || typeof value === "string" || isEmpty || others.has(value)) return [entry];
    if (outgoing === null || written) return [];
    written = true;
    return outgoing.map((file): Entry => [name, file]);
  });
  return written && outgoing !== null && outgoing.length > 0;
}

export function remove(data: FormData, names: ReadonlySet<string>): void {
  for (const name of names) data.delete(name);
}
