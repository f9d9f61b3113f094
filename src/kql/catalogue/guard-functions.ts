// Functions that only the guards of a state machine have: the machine itself measures them.

export interface GuardFunction { readonly name: 'since' | 'last'; readonly parameter: string; readonly signature: string; readonly doc: string }

export const guardFunctions: readonly GuardFunction[] = [
  { name: 'since', parameter: 'event_name', signature: 'since(event_name)', doc: 'Time since this machine last saw a record with this EventName, a span of time; null when it never did.' },
  { name: 'last', parameter: 'action', signature: 'last(action)', doc: 'Time since this machine last started the action, a span of time; null when it never did.' },
];

export const guardFunctionByName: ReadonlyMap<string, GuardFunction> = new Map(guardFunctions.map((definition) => [definition.name, definition]));
