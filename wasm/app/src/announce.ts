/** Messages for people who hear the page: at most one a second, the newest wins. */

const PAUSE = 1000;
let region: HTMLElement | null = null;
let next: string | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

export function setStatusRegion(element: HTMLElement): void {
  region = element;
}

export function announce(message: string): void {
  next = message;
  if (timer === undefined) speak();
}

function speak(): void {
  if (next === null) {
    timer = undefined;
    return;
  }
  if (region) region.textContent = next;
  next = null;
  timer = setTimeout(speak, PAUSE);
}
