// The width of an element, followed as it changes. Where nothing is laid out (tests), a usual one.
import { useEffect, useState, type RefObject } from 'react';

const usualPx = 1180;

export function useWidth(box: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(usualPx);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const read = () => setWidth(element.clientWidth || usualPx);
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
