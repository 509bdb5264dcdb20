/** The engine's sentences, and how they go in Spanish. */
export const SPANISH_REASONS: readonly (readonly [RegExp, string])[] = [];
