/** Folder of pdf.js's own files, with its version. */
declare const __PDFJS__: string;
/** Version of the page. */
declare const __VERSION__: string;

declare module "pdfjs-dist/legacy/build/pdf.min.mjs" {
  export * from "pdfjs-dist";
}
