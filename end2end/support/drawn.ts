// Words in drawings, whose ground axe cannot tell. Runs in the page, and stands by itself.

/** Those that stand out too little from the ground that the drawing lies on (WCAG 2.2, 1.4.3: 4.5 to 1). */
export function faintWords(): string[] {
  const parts = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (colour: string) => {
    const [r = 0, g = 0, b = 0] = parts(colour).map((it) => {
      const part = it / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element: Element) => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((parts(colour)[3] ?? 1) === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll("svg text")].flatMap((it) => {
    const [ink, paper] = [getComputedStyle(it).fill, ground(it)];
    const [dark, bright] = [light(ink), light(paper)].sort((a, b) => a - b) as [number, number];
    const contrast = (bright + 0.05) / (dark + 0.05);
    return contrast < 4.5 ? [`“${it.textContent}” is ${ink} on ${paper}: ${contrast.toFixed(2)} to 1`] : [];
  });
}
