// Names of what suggestions make: rules, metrics, recorders, and the suggestions themselves.
import { encodeUtf8 } from '../../base/index.ts';
import type { SuggestionKind } from '../../model/index.ts';
import { hashBytes } from '../../otlp/index.ts';
import type { MeasuredEvent } from '../measured-event.ts';

/** Lower-case letters, digits and single dashes; may be empty. */
export const slug = (text: string): string => text.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

/** The same for the same event, kind and field, always. */
export function suggestionId({ signal, service, id }: Pick<MeasuredEvent, 'signal' | 'service' | 'id'>, kind: SuggestionKind, field: string | null): string {
  const text = JSON.stringify([signal, service, id, kind, field]);
  return `${kind}-${hex(text)}${hex(`${text}\n`)}`;
}

const hex = (text: string): string => hashBytes(encodeUtf8(text)).toString(16).padStart(8, '0');

const mostChars = 63;

/** A rule's name as documents want it. One that had to be cut, or says little, ends in some of the suggestion's id. */
export function ruleName(kind: SuggestionKind, event: MeasuredEvent, field: string | null, id: string): string {
  const name = [kind, slug(event.service), slug(event.label), ...(field === null ? [] : [slug(field)])].filter((part) => part !== '').join('-');
  if (name.length <= mostChars && event.source !== 'template' && event.source !== 'none') return name;
  return `${name.slice(0, mostChars - 7).replace(/-+$/, '')}-${id.slice(-6)}`;
}

/** A metric's name: what the event is called, and `.count`. OpenTelemetry wants a letter first, then letters, digits, `_ . - /`. */
export function metricName({ label, source }: Pick<MeasuredEvent, 'label' | 'source'>): string {
  if (source === 'none') return 'records.count';
  const words = source === 'template' ? label.split(/\s+/).filter((word) => /^[A-Za-z][A-Za-z_-]*[:,.]?$/.test(word)).slice(0, 5).join('_') : label;
  const clean = words.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().replace(/[^a-z0-9_.\-/]+/g, '_').replace(/^[^a-z]+/, '').replace(/[_.]+$/, '').slice(0, 200);
  return `${clean === '' ? 'records' : clean}.count`;
}
