// A line or message that is one JSON object.
import { noFields, takeField, type Fields } from './known-fields.ts';

/** Null for anything but an object. */
export function jsonObject(text: string): Record<string, unknown> | null {
  const first = text.charCodeAt(0);
  if (first !== 0x7b && !(first <= 0x20 && text.trimStart().startsWith('{'))) return null;
  try { return JSON.parse(text) as Record<string, unknown>; } catch { return null; }
}

export function jsonFields(text: string): Fields | null {
  const object = jsonObject(text);
  if (object === null) return null;
  const fields = noFields();
  for (const name of Object.keys(object)) takeField(fields, name, object[name]);
  return fields;
}
