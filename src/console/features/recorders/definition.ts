// What the form of a definition holds, in units people type, against what is sent.
import { recorderDefinition, type RecorderDefinition } from '../../../model/index.ts';

const MiB = 2 ** 20;

export interface DefinitionText { readonly name: string; readonly description: string; readonly maxMiB: string; readonly key: readonly string[]; readonly maxKeys: string; readonly maxAgeMinutes: string; readonly disk: boolean }

export const maxKeyParts = 4;

export const textOf = ({ name, description, maxBytes, key, maxKeys, maxAgeMs, disk }: RecorderDefinition): DefinitionText => ({
  name, description, maxMiB: String(Math.round(maxBytes / MiB * 1000) / 1000), key, maxKeys: String(maxKeys), maxAgeMinutes: maxAgeMs === null ? '' : String(Math.round(maxAgeMs / 60_000 * 100) / 100), disk,
});

export const newDefinition = (): DefinitionText => textOf(recorderDefinition.parse({ name: 'new' }));

/** The definition, or what is wrong by field, in words. */
export function definitionOf(text: DefinitionText): { readonly definition: RecorderDefinition | null; readonly problems: Readonly<Partial<Record<keyof DefinitionText, string>>> } {
  const [maxBytes, maxKeys, age] = [Math.round(Number(text.maxMiB) * MiB), Number(text.maxKeys), text.maxAgeMinutes.trim()];
  const parsed = recorderDefinition.safeParse({ name: text.name.trim(), description: text.description.trim(), maxBytes, key: text.key.map(part => part.trim()).filter(part => part !== ''), maxKeys, maxAgeMs: age === '' ? null : Math.round(Number(age) * 60_000), disk: text.disk });
  if (parsed.success) return { definition: parsed.data, problems: {} };
  const fields = new Set(parsed.error.issues.map(issue => String(issue.path[0])));
  return { definition: null, problems: {
    ...(fields.has('name') && { name: 'Use 1 to 63 letters, digits, dots, dashes and underscores, beginning with a letter or a digit.' }),
    ...(fields.has('description') && { description: 'Use at most 500 characters.' }),
    ...(fields.has('maxBytes') && { maxMiB: 'Use a number from 0.004 to 8192.' }),
    ...(fields.has('key') && { key: 'Each expression has at most 500 characters.' }),
    ...(fields.has('maxKeys') && { maxKeys: 'Use a whole number from 1 to 100,000.' }),
    ...(fields.has('maxAgeMs') && { maxAgeMinutes: 'Use at least 0.02 minutes, or leave it empty.' }),
  } };
}
