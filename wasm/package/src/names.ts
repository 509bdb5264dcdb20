/** The name of a file that was made from another. */
export function renamed(name: string, word: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? `${name.slice(0, dot)}.${word}${name.slice(dot)}` : `${name || "document"}.${word}`;
}

/** What the browser did not say about a file. */
const TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  eml: "message/rfc822",
  html: "text/html",
  json: "application/json",
  odt: "application/vnd.oasis.opendocument.text",
  pdf: "application/pdf",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  rtf: "application/rtf",
  tsv: "text/tab-separated-values",
  txt: "text/plain",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  xml: "application/xml",
  zip: "application/zip",
};

export function typeOf(file: Blob, name: string): string {
  return file.type || (TYPES[name.slice(name.lastIndexOf(".") + 1).toLowerCase()] ?? "application/octet-stream");
}

export function nameOf(file: Blob, name: string | undefined): string {
  return name ?? ("name" in file && typeof file.name === "string" ? file.name : "");
}
