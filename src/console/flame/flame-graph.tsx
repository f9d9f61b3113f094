// The flame graph in a page: a canvas that draws itself, a tree item that says the chosen box, and a tooltip. Fills its box; give it a size.
import { useEffect, useEffectEvent, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useTheme } from '../state/index.ts';
import { placeOf } from './layout/walk.ts';
import type { FlameGraphProps } from './types.ts';
import { FlameView } from './view/flame-view.ts';
import { listen } from './view/gestures.ts';
import { keyHelp } from './view/keys.ts';
import { FlameTip, saidOf } from './view/tip.ts';
import './flame.css';

export function FlameGraph(props: FlameGraphProps) {
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const [canDraw] = useState(() => document.createElement('canvas').getContext('2d') !== null);
  useFlameView(props, host, canvas, tip);
  const help = useId();
  const item = useId();
  const current = currentBox(props);
  return (
    <div ref={host} className="flame" role="tree" tabIndex={0} aria-label={props.label} aria-describedby={help} aria-activedescendant={current === null ? undefined : `${item}-${current}`}>
      <canvas ref={canvas} aria-hidden="true" />
      {current !== null && <Current key={current} id={`${item}-${current}`} props={props} box={current} />}
      <span id={help} className="vh">{keyHelp}</span>
      {!canDraw && <p className="flame-no-canvas">This browser does not let the page draw, so there is no picture. The table has the same functions with the same numbers.</p>}
      <div ref={tip} className="tip flame-tip" hidden aria-hidden="true" />
    </div>
  );
}

/** What is chosen, else the root; null where there is none. The choice may still be of boxes that were there before. */
function currentBox({ boxes: { start }, selected }: FlameGraphProps): number | null {
  return start.length === 0 ? null : selected !== null && selected < start.length ? selected : 0;
}

/** A new element for each box, so that a screen reader takes notice. */
function Current({ id, props, box }: { readonly id: string; readonly props: FlameGraphProps; readonly box: number }) {
  const { boxes, labels, selected } = props;
  const { level, position, siblings } = useMemo(() => placeOf(boxes, box), [boxes, box]);
  return <div id={id} className="vh" role="treeitem" aria-level={level} aria-posinset={position} aria-setsize={siblings} aria-selected={box === selected}>{saidOf(labels.describe(box))}</div>;
}

/** Keeps the drawn graph in step with the props. */
function useFlameView(props: FlameGraphProps, host: RefObject<HTMLElement | null>, canvas: RefObject<HTMLCanvasElement | null>, tip: RefObject<HTMLElement | null>): void {
  const view = useRef<FlameView | null>(null);
  const theme = useTheme();
  const onWindow = useEffectEvent((window: FlameGraphProps['window']) => props.onWindow(window));
  const onSelect = useEffectEvent((box: number | null) => props.onSelect(box));
  const onOpen = useEffectEvent((box: number) => props.onOpen?.(box));
  const start = useEffectEvent((element: HTMLElement, on: HTMLCanvasElement, context: CanvasRenderingContext2D | null) => new FlameView(element, on, context, props, { onWindow, onSelect, onOpen }));
  useLayoutEffect(() => {
    if (host.current === null || canvas.current === null || tip.current === null) return undefined;
    const made = view.current = start(host.current, canvas.current, canvas.current.getContext('2d', { alpha: false }));
    const stops = [listen(host.current, canvas.current, made, new FlameTip(tip.current)), followPage(canvas.current, made)];
    return () => { for (const stop of stops) stop(); made.destroy(); view.current = null; };
  }, [host, canvas, tip]);
  useLayoutEffect(() => { view.current?.show(props); });
  useEffect(() => { view.current?.retheme(); }, [theme]);
}

/** Sizes, device pixels and fonts change without React. */
function followPage(canvas: HTMLCanvasElement, view: FlameView): () => void {
  const observer = new ResizeObserver(() => view.resize());
  observer.observe(canvas);
  const resize = () => view.resize();
  const fonts = () => view.fontsChanged();
  addEventListener('resize', resize);
  const { fonts: faces } = document as { readonly fonts?: FontFaceSet };
  faces?.addEventListener('loadingdone', fonts);
  return () => { observer.disconnect(); removeEventListener('resize', resize); faces?.removeEventListener('loadingdone', fonts); };
}
