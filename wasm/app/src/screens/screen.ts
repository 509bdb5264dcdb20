import type { Job } from "../jobs.ts";

export type ScreenName = "start" | "files" | "review" | "summary" | "checked";

/** What the page shows at one time. */
export interface Screen {
  readonly element: HTMLElement;
  readonly title: string;
  /** Once it is in the page. */
  shown(): void;
  dispose(): void;
}

export type Go = (screen: ScreenName, job?: Job) => void;
