// A canvas to test with: jsdom has none. It keeps what was last put, written and outlined.
import { vi } from 'vitest';

export interface FakeCanvas { readonly texts: { readonly text: string; readonly x: number; readonly y: number; readonly font: string; readonly ink: string }[]; readonly rings: (readonly [x: number, y: number, width: number, height: number])[]; image: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray } | null; frames: number }

/** Every letter is this wide, in whatever font. */
export const letterPx = 6;

/** A context without a page; as much of it as the graph uses. */
export function fakeContext(canvas: { readonly width: number; readonly height: number }): { readonly context: CanvasRenderingContext2D; readonly drawn: FakeCanvas } {
  const drawn: FakeCanvas = { texts: [], rings: [], image: null, frames: 0 };
  const context = {
    canvas, font: '', fillStyle: '', strokeStyle: '', lineWidth: 1, fontKerning: 'auto', textBaseline: 'alphabetic',
    createImageData: (width: number, height: number) => ({ width, height, data: new Uint8ClampedArray(width * height * 4) }),
    putImageData: (image: NonNullable<FakeCanvas['image']>) => { drawn.image = image; drawn.frames += 1; drawn.texts.length = 0; drawn.rings.length = 0; },
    fillText: (text: string, x: number, y: number) => drawn.texts.push({ text, x, y, font: context.font, ink: context.fillStyle }),
    strokeRect: (x: number, y: number, width: number, height: number) => drawn.rings.push([x, y, width, height]),
    measureText: (text: string) => ({ width: text.length * letterPx }),
    fillRect: () => undefined, drawImage: () => undefined, getImageData: () => ({ data: [100, 100, 100, 255] }),
  };
  return { context: context as unknown as CanvasRenderingContext2D, drawn };
}

/** Gives every canvas of the page a context, and the graph's canvas a size; `drawn` is of the canvas that drew last. Undone by `vi.restoreAllMocks`. */
export function fakePage(width: number, height: number): { readonly drawn: () => FakeCanvas } {
  const contexts = new Map<HTMLCanvasElement, ReturnType<typeof fakeContext>>();
  vi.spyOn(HTMLCanvasElement.prototype, 'getBoundingClientRect').mockReturnValue(DOMRect.fromRect({ x: 0, y: 0, width, height }));
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(function context(this: HTMLCanvasElement) {
    const known = contexts.get(this) ?? fakeContext(this);
    contexts.set(this, known);
    return known.context;
  } as unknown as typeof HTMLCanvasElement.prototype.getContext);
  return { drawn: () => { const shown = [...contexts.values()].map(({ drawn }) => drawn).findLast(drawn => drawn.frames > 0); if (!shown) throw new Error('Nothing was drawn.'); return shown; } };
}
