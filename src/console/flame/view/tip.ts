// The tooltip: an element filled and placed by hand, since it follows the pointer. What it says is read out from the tree item instead.
import type { FlameDescription } from '../types.ts';
import { placeTip } from '../layout/place-tip.ts';

export class FlameTip {
  readonly #element: HTMLElement;
  #box: number | null = null;

  constructor(element: HTMLElement) { this.#element = element; }

  hide(): void {
    this.#box = null;
    this.#element.hidden = true;
  }

  /** `row` is the box's on the page; positions are CSS pixels of the page's window. */
  show(box: number, describe: (box: number) => FlameDescription, pointerX: number, row: { readonly top: number; readonly bottom: number }): void {
    if (box !== this.#box) this.#fill(describe(box));
    this.#box = box;
    this.#element.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.#element;
    const { left, top } = placeTip(pointerX, row, { width, height }, { width: innerWidth, height: innerHeight });
    this.#element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  #fill({ title, place, facts }: FlameDescription): void {
    const lines = facts.map(([label, value]) => { const line = element('div', 'flame-tip-fact', ''); line.append(element('span', 't3', label), element('span', '', value)); return line; });
    this.#element.replaceChildren(element('div', 'mono md', title), ...(place === null ? [] : [element('div', 'mono t2', place)]), ...lines);
  }
}

function element(tag: string, className: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** As a screen reader says it. */
export const saidOf = ({ title, place, facts }: FlameDescription): string => [title, ...(place === null ? [] : [place]), ...facts.map(([label, value]) => `${label} ${value}`)].join(', ');
