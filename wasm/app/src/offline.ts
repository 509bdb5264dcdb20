/** The page without a network. A new version waits until the person reloads: nothing changes under an open review. */

export interface OfflineState {
  readonly ready: boolean;
  /** Takes the new version, if there is one. */
  readonly update: (() => void) | null;
}

const listeners = new Set<(state: OfflineState) => void>();
let state: OfflineState = { ready: false, update: null };

export function onOffline(listener: (state: OfflineState) => void): void {
  listeners.add(listener);
  listener(state);
}

function set(change: Partial<OfflineState>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener(state);
}

export async function registerOffline(): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register(new URL(`${import.meta.env.BASE_URL}sw.js`, document.baseURI), { updateViaCache: "none" });
    const offer = (worker: ServiceWorker | null): void => {
      if (worker && navigator.serviceWorker.controller) set({ update: () => take(worker) });
    };
    offer(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker?.addEventListener("statechange", () => {
        if (worker.state === "installed") offer(worker);
      });
    });
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
    set({ ready: true });
  } catch {
    // A browser that forbids it, or a page that is not on https: everything else works.
  }
}

function take(worker: ServiceWorker): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  worker.postMessage("take over");
}
