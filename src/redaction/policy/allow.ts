// Allow-lists fail closed: an attribute whose key no list names goes. All lists that are for a service and a place count together.
import type { PolicyAllow, RedactionAction, RedactionPlace } from '../../model/index.ts';
import { compileGlob, foldKey, type Glob } from './glob.ts';

/** Where a list is for when it does not say: wherever there are attributes. */
export const allowPlaces: readonly RedactionPlace[] = ['attribute', 'resource', 'scope', 'event', 'link', 'metric'];

/** As Weir writes them on a record (engine/pipeline/annotations.ts). */
const annotations = ['redaction', 'redaction.body'].flatMap((name) => [...['redacted', 'masked', 'ignored'].map((fate) => `${name}.${fate}.count`), ...['redacted', 'masked'].map((fate) => `${name}.${fate}.keys`)]);

/** Not taken by an allow-list while their value has the form of a name (`isNameLike`), for they say whose record it is and which line
 *  wrote it, and Weir itself goes by them. What is found in their values is redacted like everywhere else; an entry may take them, and
 *  a list that names them lets every value stay. */
export const alwaysAllowed: readonly string[] = [
  'service.name', 'service.namespace', 'service.version', 'telemetry.sdk.name', 'telemetry.sdk.language', 'telemetry.sdk.version', 'event.name', ...annotations,
  'code.file.path', 'code.line.number', 'code.function.name', 'code.filepath', 'code.lineno', 'code.function', 'code.namespace',
];

/** `container`: on the way to what a list names: a map may stay, a text may not. */
export type Allowed = 'yes' | 'container' | 'no';

interface AllowList { readonly places: ReadonlySet<RedactionPlace>; readonly keys: Glob; readonly below: Glob; readonly above: Glob; readonly otherwise: RedactionAction }

const always = anyOf(alwaysAllowed);

export class AllowLists {
  readonly #lists: readonly AllowList[];

  constructor(lists: readonly PolicyAllow[]) {
    this.#lists = lists.map((one) => ({
      places: new Set(one.in ?? allowPlaces), keys: anyOf(one.keys), below: anyOf(one.keys.map((key) => `${key}.*`)), above: anyOf(one.keys.flatMap(ancestors)), otherwise: one.otherwise ?? 'remove',
    }));
  }

  /** What becomes of the value by its key and path, in lower case; null when it may stay or no list is for the place; `unnamed`: what
   *  becomes of it when it does not look like a name. Values in an
   *  attribute go with it, so of nested ones only the body's are asked about, whose top has no key. */
  actionFor(place: RedactionPlace, key: string, path: string): { readonly action: RedactionAction | null; readonly allowed: Allowed; readonly unnamed: RedactionAction | null } {
    const lists = this.#lists.filter(({ places }) => places.has(place));
    if (lists.length === 0 || this.#isNoAttribute(place, key, path)) return { action: null, allowed: 'yes', unnamed: null };
    const allowed = allowedBy(lists, place, key, path);
    const action = lists.some(({ otherwise }) => otherwise === 'remove') ? 'remove' : 'mask';
    if (allowed === 'named') return { action: null, allowed: 'yes', unnamed: action };
    return { action: allowed === 'yes' ? null : action, allowed, unnamed: null };
  }

  #isNoAttribute(place: RedactionPlace, key: string, path: string): boolean {
    if (place === 'body') return false;
    // A field without a key has its name as path; an attribute whose key is empty has none.
    return path !== key;
  }
}

function allowedBy(lists: readonly AllowList[], place: RedactionPlace, key: string, path: string): Allowed | 'named' {
  const isNamed = (glob: Glob): boolean => glob(key) || (path !== key && glob(path));
  if (lists.some(({ keys }) => isNamed(keys)) || (place === 'body' && lists.some(({ below }) => isNamed(below)))) return 'yes';
  if (isNamed(always)) return 'named';
  if (place !== 'body') return 'no';
  return lists.some(({ above }) => isNamed(above)) ? 'container' : 'no';
}

/** Names without a `*`, which most are, are looked up. */
function anyOf(keys: readonly string[]): Glob {
  const exact = new Set(keys.filter((key) => !key.includes('*')).map(foldKey));
  const globs = [...new Set(keys.filter((key) => key.includes('*')))].map(compileGlob);
  return (text) => exact.has(text) || globs.some((glob) => glob(text));
}

/** `body.user.name`: `body`, `body.user`. A glob with `*` before the dot may have ancestors that are any. */
function ancestors(key: string): readonly string[] {
  const found: string[] = [];
  for (let dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) found.push(key.slice(0, dot));
  return found;
}

/** Longer texts name nothing. */
const longestName = 512;

/** Whether the UTF-8 text is one word of letters, digits and the signs that stand in names, paths and versions; no text of a person's. */
export function isNameLike(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > longestName) return false;
  for (let i = start; i < end; i++) if (bytes[i]! <= 0x7f && !nameBytes.has(bytes[i]!)) return false;
  return true;
}

const nameBytes: ReadonlySet<number> = new Set(Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-/\\:$@#+~<>()[]*,', (char) => char.charCodeAt(0)));
