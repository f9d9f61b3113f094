// Runs before every console test: what jsdom lacks and our components need, and a clean page after each test.
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

class NoResizeObserver { observe(): void { /* sizes never change in jsdom */ } unobserve(): void { /* as above */ } disconnect(): void { /* as above */ } }

if (typeof window !== 'undefined') {
  globalThis.ResizeObserver ??= NoResizeObserver as unknown as typeof ResizeObserver;
  window.matchMedia ??= (query: string) => ({ matches: false, media: query, onchange: null, addEventListener: () => undefined, removeEventListener: () => undefined, addListener: () => undefined, removeListener: () => undefined, dispatchEvent: () => false });
  HTMLCanvasElement.prototype.getContext = () => null;
  window.scrollTo = () => undefined;
  Element.prototype.scrollIntoView ??= () => undefined;
  Element.prototype.hasPointerCapture ??= () => false;
  Element.prototype.setPointerCapture ??= () => undefined;
  Element.prototype.releasePointerCapture ??= () => undefined;
}

// A busy machine is no failure.
configure({ asyncUtilTimeout: 40_000 });

afterEach(cleanup);
