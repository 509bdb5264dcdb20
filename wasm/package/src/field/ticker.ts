/** A script may set a control's value without any event: now and then all fields look. Milliseconds. */
const EVERY = 400;

const looks = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Calls `look` now and then while the page is seen. Gives what ends it. */
export function start(look: () => void): () => void {
  looks.add(look);
  timer ??= setInterval(() => {
    if (!document.hidden) for (const each of looks) each();
  }, EVERY);
  return () => {
    looks.delete(look);
    if (looks.size) return;
    clearInterval(timer);
    timer = undefined;
  };
}
