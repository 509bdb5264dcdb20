/** Whether an element's text is light, so that it must stand on something dark: pages have dark modes of their own. */
export function isDark(element: Element): boolean {
  return lightness(getComputedStyle(element).color) > 0.55;
}

/** 0 to 1, roughly. Computed colours are `rgb()` unless the page names another space. */
export function lightness(colour: string): number {
  const [first = 0, second = 0, third = 0] = (colour.replace(/^[^(]*\((?:srgb|display-p3)?/u, "").match(/-?[\d.]+(?:e-?\d+)?/gu) ?? []).map(Number);
  if (colour.startsWith("okl")) return first;
  if (colour.startsWith("l")) return first / 100;
  const light = 0.2126 * first + 0.7152 * second + 0.0722 * third;
  return colour.startsWith("rgb") ? light / 255 : light;
}
