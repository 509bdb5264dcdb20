/**
 * The record that brings values back, sealed with a key of its own (AES-256-GCM), so that neither file says anything alone. The
 * key is made here and is nowhere but in what the person saves.
 */

import type { RestoreRecord } from "subrosa";

const FORMAT = "subrosa-sealed-record-1";

export interface Sealed {
  readonly record: Blob;
  readonly key: Blob;
}

/** The record went to another key, or is none. */
export class UnsealError extends Error {}

export async function sealRecord(record: RestoreRecord): Promise<Sealed> {
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt"]);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(record));
  const file = JSON.stringify({ format: FORMAT, iv: toBase64(iv), sealed: toBase64(new Uint8Array(sealed)) });
  return { record: new Blob([file], { type: "application/json" }), key: new Blob([`${hex(secret)}\n`], { type: "text/plain" }) };
}

export async function unsealRecord(record: string, key: string): Promise<RestoreRecord> {
  try {
    const { format, iv, sealed } = JSON.parse(record) as { format?: unknown; iv?: unknown; sealed?: unknown };
    const digits = key.trim();
    if (format !== FORMAT || typeof iv !== "string" || typeof sealed !== "string" || !/^[0-9a-f]{64}$/.test(digits)) throw new UnsealError();
    const secret = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    const opened = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["decrypt"]);
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: fromBase64(iv) }, opened, fromBase64(sealed));
    return new TextDecoder("utf-8", { fatal: true }).decode(text) as RestoreRecord;
  } catch {
    // Which of the two is wrong cannot be told, and a parser's words could hold something of the file.
    throw new UnsealError();
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}
