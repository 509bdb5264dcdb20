/** Gives a class with `close` the method that `using` calls, where the platform has `using`. */
export function disposable(type: { readonly prototype: { close(): void } }): void {
  const key: symbol | undefined = Symbol.dispose;
  if (!key) return;
  Object.defineProperty(type.prototype, key, {
    value(this: { close(): void }): void {
      this.close();
    },
  });
}
