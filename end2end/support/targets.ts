// How large what one taps is. Runs in the page, and stands by itself.

export interface Target {
  name: string;
  /** Where a tap still reaches it, up and down. */
  height: number;
  /** In the middle of text, where its height is that of the line. */
  isInSentence: boolean;
  /** From one line of that text to the next. */
  lineHeight: number;
}

export function targets(): Target[] {
  const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]";
  const all = [...document.querySelectorAll<HTMLElement>(can)].filter((it) => {
    const box = it.getBoundingClientRect();
    // The skip link waits above the page until it has the focus.
    return it.checkVisibility({ visibilityProperty: true }) && box.bottom + scrollY > 0;
  });

  /** The element, or a label that stands for it. */
  const hits = (element: HTMLElement, x: number, y: number) => {
    const there = document.elementFromPoint(x, y);
    return there !== null && (element.contains(there) || there.closest("label")?.control === element);
  };

  /** How far from the middle a tap still counts, to a hundredth of a pixel: boxes seldom begin on a whole one. */
  const reach = (isHit: (distance: number) => boolean) => {
    let far = 0;
    while (far < 60 && isHit(far + 0.5)) far += 0.5;
    for (let step = 0.25; step > 0.005; step /= 2) if (isHit(far + step)) far += step;
    return far;
  };

  /** Taps above and below the middle until one goes elsewhere: counts what a pseudo-element or a label adds. */
  const height = (element: HTMLElement) => {
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    if (!hits(element, x, y)) return 0;
    const both = reach((up) => hits(element, x, y - up)) + reach((down) => hits(element, x, y + down));
    return Math.round(both * 10) / 10;
  };

  return all.map((element) => {
    // The block that it stands in, and what is said in there besides links and buttons.
    let block = element.parentElement ?? element;
    while (getComputedStyle(block).display === "inline" && block.parentElement) block = block.parentElement;
    const around = block.cloneNode(true) as HTMLElement;
    for (const it of around.querySelectorAll(can)) it.remove();
    const isInline = getComputedStyle(element).display === "inline";
    return {
      name: `${element.localName} “${(element.textContent || element.id).trim()}”`,
      height: height(element),
      isInSentence: isInline && /\p{L}/u.test(around.textContent ?? ""),
      lineHeight: parseFloat(getComputedStyle(block).lineHeight),
    };
  });
}
