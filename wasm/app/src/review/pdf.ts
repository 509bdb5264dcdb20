/** pdf.js, for pictures of pages only. What is found, and where it lies, the engine says. */

import type { PDFDocumentProxy } from "pdfjs-dist";

/** Files of pdf.js that it loads by itself; `vite.config.ts` puts them there. */
const BASE = new URL(`${import.meta.env.BASE_URL}${__PDFJS__}/`, document.baseURI).href;

export interface OpenPdf {
  readonly document: PDFDocumentProxy;
  close(): Promise<void>;
}

export class PasswordNeeded extends Error {}

/** The library comes only when the first PDF does. */
export async function openPdf(file: Blob, passwords: readonly string[]): Promise<OpenPdf> {
  const library = await import("pdfjs-dist/legacy/build/pdf.min.mjs");
  library.GlobalWorkerOptions.workerSrc = `${BASE}pdf.worker.min.mjs`;
  // Pages are drawn in a worker too, so that a heavy one does not hold up the keys.
  library.GlobalWorkerOptions.rendererSrc = `${BASE}pdf.renderer.min.mjs`;
  const task = library.getDocument({
    data: new Uint8Array(await file.arrayBuffer()),
    cMapUrl: `${BASE}cmaps/`,
    standardFontDataUrl: `${BASE}standard_fonts/`,
    iccUrl: `${BASE}iccs/`,
    wasmUrl: `${BASE}wasm/`,
    enableXfa: false,
    stopAtErrors: false,
    verbosity: 0,
  });
  const left = [...passwords];
  let failed = false;
  task.onPassword = (update: (password: string) => void) => {
    const password = left.shift();
    if (password !== undefined) return update(password);
    failed = true;
    void task.destroy();
  };
  try {
    const document = await task.promise;
    return { document, close: () => task.destroy() };
  } catch (error) {
    if (failed) throw new PasswordNeeded();
    throw error;
  }
}
