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

  /** Taps above and below the middle until one goes elsewhere: counts what a pseudo-element or a label adds. */
  const height = (element: HTMLElement) => {
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    if (!hits(element, x, y)) return 0;
    let [up, down] = [0, 0];
    while (up < 60 && hits(element, x, y - up - 0.5)) up += 0.5;
    while (down < 60 && hits(element, x, y + down + 0.5)) down += 0.5;
    return up + down;
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
