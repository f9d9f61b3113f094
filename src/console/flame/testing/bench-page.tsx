// The page that the bench opens: the component over sample boxes, moved by wheel events as a hand moves it, once a frame.
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import '../../ui/index.ts';
import { FlameGraph } from '../index.ts';
import { sampleBoxes } from './sample-boxes.ts';
import { samplePicture } from './sample-picture.ts';

export interface BenchRun { readonly boxes: number; /** Between frames, while moving. */ readonly frameMs: readonly number[]; /** What the page's own frame callbacks took of it. */ readonly workMs: readonly number[] }

const nextFrame = (): Promise<number> => new Promise(resolve => { requestAnimationFrame(resolve); });

/** Sums up what callbacks of each frame take. */
function timeCallbacks(): { take(): number } {
  let sum = 0;
  const own = requestAnimationFrame;
  globalThis.requestAnimationFrame = callback => own(now => { const before = performance.now(); callback(now); sum += performance.now() - before; });
  return { take: () => { const taken = sum; sum = 0; return taken; } };
}

/** Forty frames closer, forty to the right, forty back out, forty to the left and over the rows; again until `frames`. */
function turnFor(frame: number): WheelEventInit {
  const phase = Math.floor(frame / 40) % 4;
  if (phase === 1) return { deltaX: 24, deltaY: 0 };
  if (phase === 3) return { deltaX: -24, deltaY: frame % 2 === 0 ? 9 : -9 };
  return { deltaY: phase === 0 ? -40 : 40, ctrlKey: true };
}

function Bench({ picture }: { readonly picture: ReturnType<typeof samplePicture> }) {
  const [window, setWindow] = useState(picture.window);
  return <FlameGraph {...picture} window={window} onWindow={setWindow} onSelect={() => undefined} />;
}

async function run(size: { readonly rows: number; readonly boxes: number }, isSearching: boolean, frames: number): Promise<BenchRun> {
  const boxes = sampleBoxes({ ...size, seed: 1 });
  const found = isSearching ? Uint8Array.from(boxes.function, of => of % 19 === 0 ? 1 : 0) : null;
  const host = document.body.appendChild(document.createElement('div'));
  host.style.cssText = 'display:flex;position:fixed;inset:0';
  const root = createRoot(host);
  root.render(<Bench picture={samplePicture(boxes, { found })} />);
  for (let warm = 0; warm < 30; warm++) await nextFrame();
  const canvas = host.querySelector('canvas')!;
  const timer = timeCallbacks();
  const [frameMs, workMs]: [number[], number[]] = [[], []];
  for (let frame = 0, last = await nextFrame(); frame < frames; frame++) {
    canvas.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, clientX: 500, clientY: 400, ...turnFor(frame) }));
    timer.take();
    const now = await nextFrame();
    frameMs.push(now - last);
    last = now;
    await new Promise(resolve => { setTimeout(resolve); });
    workMs.push(timer.take());
  }
  root.unmount();
  host.remove();
  return { boxes: boxes.start.length, frameMs, workMs };
}

Object.assign(globalThis, { runFlameBench: run });
