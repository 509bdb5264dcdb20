import { bytes } from "./load.js";

/** The dictionaries and weights, a file beside this one. All modules share it. */
export const data = (): Promise<Uint8Array> => bytes(new URL("./subrosa.dat", import.meta.url));
