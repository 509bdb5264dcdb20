import { fail } from "./error.js";
import type { Options } from "./types.js";

/** Options as the module takes them. The module has no clock: the day is put in here. */
export function optionsJson(options: Options & { readonly name?: string } = {}, near?: number): string {
  const { name: _, key, ...rest } = options;
  if (key !== undefined && !(key instanceof Uint8Array)) throw fail("options", "`key` is a Uint8Array.");
  try {
    return JSON.stringify({
      ...(near === undefined ? {} : { near }),
      today: today(),
      ...rest,
      ...(key === undefined ? {} : { key: hex(key) }),
    });
  } catch {
    throw fail("options", "The options cannot be written as JSON.");
  }
}

function today(): string {
  const now = new Date();
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
