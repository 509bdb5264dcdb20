/** The module, packed with gzip, as base64. The build writes it. */
export const packed: string;
