/** Words of the engine about where something stands. They come in English; the page says them in its own language. */

import { LEAKS, NOTES, PARAMETERS } from "./engine-spanish.ts";
import { currentLanguage, type Language } from "./index.ts";

/** Whole words, the longer ones first. */
const SPANISH: readonly (readonly [RegExp, string])[] = [
  [/\bText, before tracked changes\b/g, "Texto, antes de los cambios"],
  [/\bText, after tracked changes\b/g, "Texto, después de los cambios"],
  [/\bbefore tracked changes\b/g, "antes de los cambios"],
  [/\bafter tracked changes\b/g, "después de los cambios"],
  [/\bTexts that no cell shows\b/g, "Textos que ninguna celda muestra"],
  [/\bText, not shown\b/g, "Texto no visible"],
  [/\bText box\b/g, "Cuadro de texto"],
  [/\bForms and annotations\b/g, "Formularios y anotaciones"],
  [/\bForm fields, not shown\b/g, "Campos no visibles"],
  [/\bHeader and footer\b/g, "Encabezado y pie"],
  [/\bNotes of pages\b/g, "Notas de las páginas"],
  [/\bMessages of cells\b/g, "Mensajes de las celdas"],
  [/\bdocument information\b/g, "información del documento"],
  [/\blink target\b/g, "destino del enlace"],
  [/\bText\b/g, "Texto"],
  [/\bProperties\b/g, "Propiedades"],
  [/\bComments\b/g, "Comentarios"],
  [/\bcomment\b/g, "comentario"],
  [/\bPages\b/g, "Páginas"],
  [/\bHeaders?\b/g, "Encabezado"],
  [/\bFooters?\b/g, "Pie de página"],
  [/\bNotes\b/g, "Notas"],
  [/\bMetadata\b/g, "Metadatos"],
  [/\bSheet\b/g, "Hoja"],
  [/\bLinks\b/g, "Enlaces"],
  [/\bForm\b/g, "Formulario"],
  [/\bFootnotes\b/g, "Notas al pie"],
  [/\bEndnotes\b/g, "Notas finales"],
  [/\bSlide\b/g, "Diapositiva"],
  [/\bMessage\b/g, "Mensaje"],
  [/\bNames\b/g, "Nombres"],
  [/\bKeys\b/g, "Claves"],
  [/\b[Pp]age\b/g, "página"],
  [/\bline\b/g, "línea"],
  [/\brow\b/g, "fila"],
  [/\bcolumn\b/g, "columna"],
  [/\btable\b/g, "tabla"],
  [/\battribute\b/g, "atributo"],
  [/\bobject\b/g, "objeto"],
];

/** A section's name, or a place, in the page's language. What stands in quotation marks is the document's. */
export function placeWords(words: string): string {
  if (currentLanguage() !== "es") return words;
  return words.split(/("[^"]*")/).map((part) => (part.startsWith('"') ? part : SPANISH.reduce((text, [english, spanish]) => text.replace(english, spanish), part))).join("");
}

/** Words, and the language that they are in. */
export interface Said {
  readonly lang: Language;
  readonly text: string;
}

/** Why a leak of this kind matters and what helps. */
export function leakWords(kind: string, why: string, advice: string): Said {
  const spanish = currentLanguage() === "es" ? LEAKS[kind] : undefined;
  return spanish ? { lang: "es", text: spanish.join(" ") } : { lang: "en", text: `${why} ${advice}`.trim() };
}

/** What a policy wants to know. */
export function parameterWords(policy: string, name: string, description: string): Said {
  const spanish = currentLanguage() === "es" ? (PARAMETERS[`${policy}.${name}`] ?? PARAMETERS[name]) : undefined;
  return spanish ? { lang: "es", text: spanish } : { lang: "en", text: description };
}

/** What a format says of a document that it wrote; of a document inside it, behind that one's name and a colon. */
export function noteWords(note: string, language: Language = currentLanguage()): Said {
  if (language === "es") {
    for (let at = 0; at >= 0; at = next(note, at)) {
      const own = note.slice(at);
      for (const [english, spanish] of NOTES) if (english.test(own)) return { lang: "es", text: note.slice(0, at) + own.replace(english, spanish) };
    }
  }
  return { lang: "en", text: note };
}

function next(note: string, from: number): number {
  const at = note.indexOf(": ", from);
  return at < 0 ? at : at + 2;
}
