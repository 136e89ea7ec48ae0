// What does not fit. These functions run in the page: each stands by itself.

/** What makes the page scroll sideways, the widest first. */
export function stickingOut(): string[] {
  const wide = document.scrollingElement?.scrollWidth ?? 0;
  if (wide <= innerWidth) return [];
  const elements = [...document.querySelectorAll("body *")]
    .map((element) => ({ element, right: Math.round(element.getBoundingClientRect().right) }))
    .filter(({ right }) => right > innerWidth)
    .sort((a, b) => b.right - a.right)
    .slice(0, 6);
  const named = elements.map(({ element, right }) => {
    const text = (element.textContent ?? "").trim().slice(0, 30);
    return `${element.localName}.${element.getAttribute("class") ?? ""} “${text}” reaches to ${right}`;
  });
  return [`the page is ${wide} wide in ${innerWidth}`, ...named];
}

/** Text that a box hides part of. */
export function cutOff(): string[] {
  const found: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    // The nearest box around it that hides what goes beyond.
    let box = text.parentElement;
    while (box && !["hidden", "clip"].includes(getComputedStyle(box).overflowX)) box = box.parentElement;
    // What is for screen readers only is one pixel wide, on purpose.
    if (!box || box.clientWidth <= 1 || !text.textContent?.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    // What stands in for something else, or is folded, is not there to be cut off.
    if (range.getClientRects().length === 0) continue;
    const [inner, outer] = [range.getBoundingClientRect(), box.getBoundingClientRect()];
    const fits =
      inner.left >= outer.left - 1 &&
      inner.right <= outer.right + 1 &&
      inner.top >= outer.top - 1 &&
      inner.bottom <= outer.bottom + 1;
    if (!fits) found.push(`“${text.textContent.trim().slice(0, 30)}” in ${box.localName}.${box.className}`);
  }
  return found;
}
