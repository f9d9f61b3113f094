// The faults a person can switch on: each is real code that really misbehaves in one of the services.

export interface Fault { readonly name: FaultName; readonly label: string; readonly description: string }
export type FaultName = 'chatty-log' | 'leaking-token' | 'growing-queue' | 'hot-loop' | 'memory-leak' | 'crash' | 'renamed-event' | 'drifting-field';

export const faults: readonly Fault[] = [
  { name: 'chatty-log', label: 'Chatty log', description: 'frontend writes LogLaunch eight times per page view: most of the volume, read by nobody.' },
  { name: 'leaking-token', label: 'Leaking token and e-mail', description: 'cart logs the source-control token and the customer’s e-mail address when a catalogue sync fails.' },
  { name: 'growing-queue', label: 'Growing queue', description: 'checkout takes orders faster than it works them off; QueueDepth climbs.' },
  { name: 'hot-loop', label: 'Hot loop', description: 'payments solves a Tower of Hanoi for every charge and burns CPU.' },
  { name: 'memory-leak', label: 'Memory leak', description: 'cart keeps every session it has ever seen.' },
  { name: 'renamed-event', label: 'Renamed event', description: 'checkout 4.13.0 is released: CheckoutStarted is called checkout.started there, and order.total order.amount.' },
  { name: 'drifting-field', label: 'Drifting field', description: 'cart writes cart.items as text, leaves cart.region out and adds a cart.promo that is never the same.' },
  { name: 'crash', label: 'Crash', description: 'payments exits with an unhandled error about every 20 seconds and is started again.' },
];

export const isFaultName = (name: string): name is FaultName => faults.some((fault) => fault.name === name);
