/**
 * Takes every way to the network and to storage from the thread it is called in. The worker needs none: the module is handed
 * to it. A content security policy on the worker's script is the first belt, this is the second, for hosts without headers.
 */
const WAYS = [
  "fetch", "fetchLater", "XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource", "RTCPeerConnection",
  "importScripts", "Worker", "SharedWorker", "FontFace", "BroadcastChannel", "indexedDB", "caches", "localStorage", "sessionStorage",
  "cookieStore", "webkitRequestFileSystem", "webkitRequestFileSystemSync", "webkitResolveLocalFileSystemURL", "webkitResolveLocalFileSystemSyncURL",
] as const;

const NAVIGATOR_WAYS = ["sendBeacon", "storage", "serviceWorker", "storageBuckets", "connection", "presentation", "usb", "serial", "hid", "bluetooth"] as const;

export function seal(scope: object = globalThis): void {
  for (const way of WAYS) close(scope, way);
  const { navigator } = scope as { navigator?: object };
  if (navigator) for (const way of NAVIGATOR_WAYS) close(navigator, way);
}

/** On the object and on all it inherits from: what is closed on one level only can be taken from the next. */
function close(object: object, name: string): void {
  const refuse = (): never => {
    throw new TypeError(`${name} is closed in this worker.`);
  };
  const closed = { get: refuse, set: refuse, configurable: false, enumerable: false };
  let descriptor: PropertyDescriptor = stub(refuse);
  for (let level: object | null = object; level && level !== Object.prototype; level = Object.getPrototypeOf(level) as object | null) {
    const property = Object.getOwnPropertyDescriptor(level, name);
    if (!property) continue;
    descriptor = typeof property.value === "function" ? stub(refuse) : closed;
    Reflect.defineProperty(level, name, descriptor);
  }
  // A name that is not there yet must not be put there later. What is closed already refuses this.
  Reflect.defineProperty(object, name, descriptor);
}

/** Can be called and, being a `function`, constructed; both throw. */
function stub(refuse: () => never): PropertyDescriptor {
  return {
    value: function (): never {
      return refuse();
    },
    writable: false,
    configurable: false,
    enumerable: false,
  };
}
