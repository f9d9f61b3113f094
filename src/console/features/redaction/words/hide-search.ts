// The new policy that hides one source: opened in the editor at its entry, tried on the tail, and deployed there.
import type { RedactionSource } from '../../../../model/index.ts';
import { freeName } from '../../../editor/redact/index.ts';
import { lineOf } from './source-words.ts';

/** A policy to begin with. */
export const newPolicySearch = { kind: 'redaction-policy' } as const;

/** Search state of `/rules/new`. @param taken names of all rules: the next one that is free is proposed */
export function hideSearchOf(source: RedactionSource, taken: ReadonlySet<string>) {
  const { detector, key, place, service, signal } = source;
  return {
    ...newPolicySearch, name: freeName(`redact-${detector}-${slug(service)}`.slice(0, 63).replace(/-+$/, ''), taken), description: `Hides ${detector} that ${lineOf(source)} writes.`,
    detector, key, place, ...(service !== '' && { service }), signal, entry: 1,
  };
}

const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
