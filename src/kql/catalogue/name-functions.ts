// Functions over names that outlive a rename: event() and field(). What a name stands for is known to whoever holds the book of aliases
// (model `NameBook`), so they stay in the Plan as calls until `resolveNames` writes them out.
import type { OwnFunction } from './own-functions.ts';

export const nameFunctions: readonly OwnFunction[] = [
  { name: 'event', parameters: '(name:string)', body: '{ true }', type: 'bool', signature: 'event(name)', doc: 'True for records of the event with this name, whatever it is called now or was called before: its durable id, through all known renames.', example: 'Write the name of an event: event("checkout.started").' },
  { name: 'field', parameters: '(name:string)', body: '{ dynamic(null) }', type: 'dynamic', signature: 'field(name)', doc: 'The attribute with this name, or with any name that it bears now or bore before; null when the record has none of them.', example: 'Write the name of an attribute: field("user.id").' },
];
