// A template's words and its variables, apart. Pure.
import { wildcard } from '../../../../mining/index.ts';

export interface TemplatePart { readonly text: string; readonly variable: boolean }

/** In order; joined they are the template. */
export function templateParts(template: string): readonly TemplatePart[] {
  return template.split(wildcard).flatMap((text, i) => [...(i === 0 ? [] : [{ text: wildcard, variable: true }]), ...(text === '' ? [] : [{ text, variable: false }])]);
}
