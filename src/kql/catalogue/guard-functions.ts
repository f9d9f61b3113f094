// Functions that only the guards of a state machine have: the machine itself measures them.
import type { KqlType } from '../plan.ts';

/** `parameters` and `body` as the binder declares a function; `example` says how it is written. */
export interface GuardFunction {
  readonly name: 'since' | 'last' | 'trained'; readonly parameters: string; readonly body: string; readonly type: KqlType;
  readonly signature: string; readonly doc: string; readonly example: string;
}

export const guardFunctions: readonly GuardFunction[] = [
  { name: 'since', parameters: '(event_name:string)', body: '{ 1s }', type: 'timespan', signature: 'since(event_name)', doc: 'Time since this machine last saw a record with this EventName, a span of time; null when it never did.', example: 'Write the EventName: since("QueueStart") > 200ms.' },
  { name: 'last', parameters: '(action:string)', body: '{ 1s }', type: 'timespan', signature: 'last(action)', doc: 'Time since this machine last started the action, a span of time; longer than any bound when it never did.', example: 'Write the action: last("memory-dump") > 1h.' },
  { name: 'trained', parameters: '(name:string, otherwise:real)', body: '{ otherwise }', type: 'real', signature: 'trained(name, otherwise)', doc: 'The bound of that name under train, as it was measured for the key of this record; the number behind it until the bound is adopted and enough values came.', example: 'Write the name and a number: trained("depth", 200).' },
];

export const guardFunctionByName: ReadonlyMap<string, GuardFunction> = new Map(guardFunctions.map((definition) => [definition.name, definition]));
