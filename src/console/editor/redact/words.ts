// The words of a policy for people: actions, places, and where an entry holds.
import type { RedactionAction, RedactionPlace } from '../../../model/index.ts';
import type { SecretPlace, WishWhere } from './wish.ts';

export const actionWords: Readonly<Record<RedactionAction, { readonly title: string; readonly says: string }>> = {
  mask: { title: 'Mask', says: 'Bullets; a public prefix such as ghp_ may stay in front.' },
  partial: { title: 'Partial', says: 'Bullets, and the last characters.' },
  hash: { title: 'Hash', says: 'A keyed hash: equal values can be joined within a day, and nobody reads them.' },
  remove: { title: 'Remove', says: 'The attribute goes; of a body, the finding.' },
  drop: { title: 'Drop', says: 'The whole record goes.' },
  ignore: { title: 'Ignore', says: 'It stays as it is. Say why: this lets a finding through.' },
};

/** "214 values would be …" */
export const actionDone: Readonly<Record<RedactionAction, string>> = { mask: 'masked', partial: 'masked but for the end', hash: 'hashed', remove: 'removed', drop: 'dropped with their record', ignore: 'let through' };

export const placeWords: Readonly<Record<RedactionPlace, string>> = {
  body: 'body', attribute: 'attribute', resource: 'resource', scope: 'scope', name: 'name', event: 'span event', link: 'span link', metric: 'metric text', other: 'other',
};

/** Where, as a choice of the dialog. */
export function whereWords(where: WishWhere, { service, place, key }: SecretPlace): string {
  const what = key === '' || key === 'body' ? `the ${placeWords[place]}` : key;
  const of = service === '' ? 'records without a service' : service;
  return { 'key-in-service': `${what}, in ${of}`, key: `${what}, in every service`, service: `everywhere in ${of}`, everywhere: 'everywhere' }[where];
}
