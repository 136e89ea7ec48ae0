// What can be reached with the keyboard. These functions run in the page: each stands by itself.

/** One place that the tab key stops at. */
export interface Stop {
  /** Its place among the page's elements, which tells two alike apart. */
  at: number;
  name: string;
  outline: string;
  isOutlined: boolean;
  isOnScreen: boolean;
}

/** Where the tab key should stop, in the order of the document. */
export function stopsInOrder(): { at: number; name: string }[] {
  const everything = [...document.querySelectorAll("*")];
  const must = "a[href], button, input, select, textarea, summary";
  return everything
    .map((element, at) => ({ element: element as HTMLElement, at }))
    // A link with tabindex=-1 is no stop, but ought to be.
    .filter(({ element }) => element.matches(must) || element.tabIndex >= 0)
    .filter(({ element }) => !element.matches(":disabled, [type=hidden], [inert], [inert] *"))
    .filter(({ element }) => element.checkVisibility({ visibilityProperty: true }))
    .filter(({ element }) => {
      if (!(element instanceof HTMLInputElement) || element.type !== "radio") return true;
      // A group of radio buttons is one stop: the chosen one, or else the first.
      const group = [...document.querySelectorAll<HTMLInputElement>("input[type=radio]:enabled")].filter(
        (it) => it.name === element.name && it.form === element.form,
      );
      return element === (group.find((it) => it.checked) ?? group[0]);
    })
    .map(({ element, at }) => ({ at, name: `${element.localName} “${(element.textContent || element.id).trim()}”` }));
}

/** Where the focus is now; nothing when it is on no element. */
export function currentStop(): Stop | undefined {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return undefined;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    at: [...document.querySelectorAll("*")].indexOf(element),
    name: `${element.localName} “${(element.textContent || element.id).trim()}”`,
    outline: `${outlineStyle} ${outlineWidth} ${outlineColor}`,
    isOutlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    isOnScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}
