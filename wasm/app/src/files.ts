/** Files that come by choosing, dropping or pasting. */

/** For the file chooser; what has no known ending can be dropped all the same, the engine looks at the bytes. */
export function acceptedTypes(formats: readonly string[]): string {
  return [...new Set([...formats.map((format) => `.${format}`), ".docx", ".pdf", ".xlsx", ".pptx", ".eml", ".txt", ".csv"])].join(",");
}

export function watchDrops(target: HTMLElement, dropped: (files: readonly File[], over: Element | null) => void): void {
  let depth = 0;
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") === true;
  target.addEventListener("dragenter", (event) => {
    if (!hasFiles(event)) return;
    depth += 1;
    target.classList.add("dragging");
  });
  target.addEventListener("dragleave", (event) => {
    if (!hasFiles(event)) return;
    depth = Math.max(0, depth - 1);
    if (depth === 0) target.classList.remove("dragging");
  });
  target.addEventListener("dragover", (event) => {
    // Without this the browser would open the file, and the decisions would be gone.
    if (hasFiles(event)) event.preventDefault();
  });
  target.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    target.classList.remove("dragging");
    dropped([...(event.dataTransfer?.files ?? [])], event.target instanceof Element ? event.target : null);
  });
}

const LINGER = 60_000;

/** Saves a file where the browser saves files. */
export function downloadLink(element: HTMLAnchorElement, file: Blob, name: string): () => void {
  const url = URL.createObjectURL(file);
  element.href = url;
  element.download = name;
  // A download that has begun needs the address a while longer.
  return () => setTimeout(() => URL.revokeObjectURL(url), LINGER);
}
