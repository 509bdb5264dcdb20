/*
 * Keeps the files of one version, by the hash of their content, and nothing else: no request is ever added while the page is used.
 * FILES and VERSION are written by the build.
 */
const FILES = /* files */ [];
const VERSION = /* version */ "";
const NAME = `subrosa-${VERSION}`;

self.addEventListener("install", (event) => {
  event.waitUntil(fill());
});

async function fill() {
  const cache = await caches.open(NAME);
  const queue = [...FILES];
  const work = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const response = await fetch(new Request(file, { cache: "reload" }));
      if (!response.ok) throw new Error(`${file} is missing`);
      await cache.put(file, response);
    }
  };
  await Promise.all([work(), work(), work(), work()]);
}

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith("subrosa-") && name !== NAME) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});

async function answer(request) {
  const cache = await caches.open(NAME);
  // Servers that send `Vary: Origin` would else keep the worker's script from being found.
  const kept = await cache.match(request.mode === "navigate" ? "./" : request, { ignoreVary: true, ignoreSearch: request.mode === "navigate" });
  return kept ?? fetch(request);
}
