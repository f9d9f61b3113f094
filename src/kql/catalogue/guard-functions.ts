// Functions that only the guards of a state machine have: the machine itself measures them.
import type { OwnFunction } from './own-functions.ts';

export const guardFunctions: readonly OwnFunction[] = [
  { name: 'since', parameters: '(event_name:string)', body: '{ 1s }', type: 'timespan', signature: 'since(event_name)', doc: 'Time since this machine last saw a record with this EventName, a span of time; null when it never did.', example: 'Write the EventName: since("QueueStart") > 200ms.' },
  { name: 'last', parameters: '(action:string)', body: '{ 1s }', type: 'timespan', signature: 'last(action)', doc: 'Time since this machine last started the action, a span of time; longer than any bound when it never did.', example: 'Write the action: last("memory-dump") > 1h.' },
  { name: 'trained', parameters: '(name:string, otherwise:real)', body: '{ otherwise }', type: 'real', signature: 'trained(name, otherwise)', doc: 'The bound of that name under train, as it was measured for the key of this record; the number behind it until the bound is adopted and enough values came.', example: 'Write the name and a number: trained("depth", 200).' },
];

export const isGuardFunction = (name: string): boolean => guardFunctions.some((one) => one.name === name);
