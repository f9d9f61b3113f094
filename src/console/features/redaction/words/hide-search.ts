// The new policy that hides one source: opened in the editor at its entry, tried on the tail, and deployed there.
import type { RedactionSource } from '../../../../model/index.ts';
import { lineOf } from './source-words.ts';

/** A policy to begin with. */
export const newPolicySearch = { kind: 'redaction-policy' } as const;

/** Search state of `/rules/new`. */
export function hideSearchOf(source: RedactionSource) {
  const { detector, key, place, service, signal } = source;
  return {
    ...newPolicySearch, name: `redact-${detector}-${slug(service)}`.slice(0, 63).replace(/-+$/, ''), description: `Hides ${detector} that ${lineOf(source)} writes.`,
    detector, key, place, ...(service !== '' && { service }), signal, entry: 1,
  };
}

const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
