export { EventRates } from './event-rates.ts';
export { EventWindows, type EventWindow } from './event-windows.ts';
