// Pointer, wheel and keys of a graph on the page. Listens by hand: wheels must be stoppable, and no move of the pointer may render.
import type { FlameView } from './flame-view.ts';
import type { FlameTip } from './tip.ts';
import { keyCommand, type KeyCommand } from './keys.ts';
import { wheelMeaning } from './wheel.ts';

/** Less is a click with a shaky hand. */
const dragFromPx = 3;

type Drag = { readonly pointer: number; readonly of: 'picture' | 'strip'; readonly fromX: number; readonly fromY: number; x: number; y: number; moved: boolean };

/** Until the returned function is called. */
export function listen(host: HTMLElement, canvas: HTMLCanvasElement, view: FlameView, tip: FlameTip): () => void {
  const gestures = new Gestures(canvas, view, tip);
  const stop = new AbortController();
  const { signal } = stop;
  host.addEventListener('keydown', event => gestures.key(event), { signal });
  host.addEventListener('wheel', event => gestures.wheel(event), { signal, passive: false });
  canvas.addEventListener('pointerdown', event => gestures.down(event), { signal });
  canvas.addEventListener('pointermove', event => gestures.move(event), { signal });
  canvas.addEventListener('pointerup', event => gestures.up(event), { signal });
  canvas.addEventListener('pointercancel', () => gestures.leave(), { signal });
  canvas.addEventListener('pointerleave', () => gestures.leave(), { signal });
  canvas.addEventListener('dblclick', event => gestures.double(event), { signal });
  return () => stop.abort();
}

class Gestures {
  readonly #canvas: HTMLCanvasElement;
  readonly #view: FlameView;
  readonly #tip: FlameTip;
  #drag: Drag | null = null;

  constructor(canvas: HTMLCanvasElement, view: FlameView, tip: FlameTip) { [this.#canvas, this.#view, this.#tip] = [canvas, view, tip]; }

  key(event: KeyboardEvent): void {
    const command = keyCommand(event, this.#view.picture.direction);
    if (command === null || !this.#run(command)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#unpoint();
  }

  wheel(event: WheelEvent): void {
    const meaning = wheelMeaning(event);
    this.#unpoint();
    if (meaning.kind === 'zoom') this.#view.zoom(meaning.factor, this.#at(event).x);
    else if (!this.#moveBy(meaning.x, meaning.y)) return;
    event.preventDefault();
  }

  down(event: PointerEvent): void {
    const { x, y } = this.#at(event);
    const hit = this.#view.hit(x, y);
    // A menu opens for what is under the pointer.
    if (event.button === 2 && hit.on === 'box') this.#view.select(hit.box);
    if (event.button !== 0) return;
    this.#drag = { pointer: event.pointerId, of: hit.on === 'strip' ? 'strip' : 'picture', fromX: x, fromY: y, x, y, moved: false };
    this.#canvas.setPointerCapture(event.pointerId);
    if (hit.on === 'strip') this.#view.scrollToStrip(y);
  }

  move(event: PointerEvent): void {
    const at = this.#at(event);
    if (this.#drag !== null) this.#dragTo(this.#drag, at); else this.#pointAt(event, at);
  }

  up(event: PointerEvent): void {
    const drag = this.#drag;
    if (drag === null || drag.pointer !== event.pointerId) return;
    this.#end();
    if (drag.moved || drag.of === 'strip') return;
    const hit = this.#view.hit(drag.fromX, drag.fromY);
    this.#view.select(hit.on === 'box' ? hit.box : null);
  }

  double(event: MouseEvent): void {
    const { x, y } = this.#at(event);
    const hit = this.#view.hit(x, y);
    if (hit.on !== 'box') return;
    this.#unpoint();
    this.#view.open(hit.box);
  }

  leave(): void {
    this.#end();
    this.#unpoint();
  }

  #end(): void {
    this.#drag = null;
    delete this.#canvas.dataset['drag'];
  }

  #dragTo(drag: Drag, { x, y }: { readonly x: number; readonly y: number }): void {
    if (drag.of === 'strip') { this.#view.scrollToStrip(y); return; }
    if (!drag.moved && Math.hypot(x - drag.fromX, y - drag.fromY) < dragFromPx) return;
    if (!drag.moved) this.#unpoint();
    drag.moved = true;
    this.#canvas.dataset['drag'] = 'on';
    this.#moveBy(drag.x - x, drag.y - y);
    [drag.x, drag.y] = [x, y];
  }

  #pointAt(event: PointerEvent, { x, y }: { readonly x: number; readonly y: number }): void {
    const hit = this.#view.hit(x, y);
    const row = hit.on === 'box' ? this.#view.rowEdges(hit.box) : null;
    if (hit.on !== 'box' || row === null) { this.#unpoint(); return; }
    const { top } = this.#canvas.getBoundingClientRect();
    this.#view.point(hit.box);
    this.#tip.show(hit.box, this.#view.picture.labels.describe, event.clientX, { top: top + row.top, bottom: top + row.bottom });
  }

  #unpoint(): void {
    this.#view.point(null);
    this.#tip.hide();
  }

  /** False: there was nowhere to go. */
  #moveBy(x: number, y: number): boolean {
    if (x !== 0) this.#view.pan(x);
    return (y !== 0 && this.#view.scroll(y)) || x !== 0;
  }

  /** False: the key had nothing to do here, and may do something elsewhere. */
  #run(command: KeyCommand): boolean {
    const view = this.#view;
    switch (command.kind) {
      case 'step': view.step(command.step); return true;
      case 'open': return view.openSelected();
      case 'back': return view.back();
      case 'whole': view.whole(); return true;
      case 'zoom': view.zoom(command.factor, null); return true;
      case 'pan': view.panShare(command.share); return true;
      case 'scroll': return view.scrollShare(command.share);
    }
  }

  #at(event: MouseEvent): { readonly x: number; readonly y: number } {
    const { left, top } = this.#canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }
}
