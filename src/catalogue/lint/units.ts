// Units in names. The conventions keep the unit out of an attribute's name and state it with the metric, in UCUM's codes.
const wordUnits: Readonly<Record<string, string>> = {
  ms: 'ms', millis: 'ms', msec: 'ms', milliseconds: 'ms', us: 'us', micros: 'us', microseconds: 'us', ns: 'ns', nanos: 'ns', nanoseconds: 'ns', sec: 's', secs: 's', seconds: 's', minutes: 'min', hours: 'h',
  bytes: 'By', kb: 'kBy', kib: 'KiBy', mb: 'MBy', mib: 'MiBy', gb: 'GBy', gib: 'GiBy', bits: 'bit', percent: '%', pct: '%', celsius: 'Cel', hertz: 'Hz', hz: 'Hz', watts: 'W', volts: 'V',
};

/** The UCUM code of the unit that a name ends in, with the name without it; null when it ends in none. */
export function unitInName(name: string): { readonly unit: string; readonly rest: string } | null {
  const parted = /^(.+?)(?:[._-]([a-z]+)|(?<=[a-z0-9])([A-Z][a-z]*|MS|NS|KB|MB|GB|Kib|Mib|Gib))$/.exec(name);
  const word = (parted?.[2] ?? parted?.[3])?.toLowerCase();
  const unit = word === undefined ? undefined : Object.hasOwn(wordUnits, word) ? wordUnits[word] : undefined;
  return unit === undefined ? null : { unit, rest: parted![1]! };
}

/** What people write for a unit, and UCUM's code for it. */
const spelled: Readonly<Record<string, string>> = {
  millisecond: 'ms', milliseconds: 'ms', msec: 'ms', second: 's', seconds: 's', sec: 's', secs: 's', microseconds: 'us', µs: 'us', nanoseconds: 'ns', minute: 'min', minutes: 'min', hour: 'h', hours: 'h', day: 'd', days: 'd',
  byte: 'By', bytes: 'By', b: 'By', kb: 'kBy', kib: 'KiBy', mb: 'MBy', mib: 'MiBy', gb: 'GBy', gib: 'GiBy', bits: 'bit', percent: '%', percentage: '%', ratio: '1', count: '1', number: '1', none: '1', unit: '1', requests: '{request}', request: '{request}', errors: '{error}',
  connections: '{connection}', messages: '{message}', items: '{item}', celsius: 'Cel', hertz: 'Hz', dollars: '{dollar}', usd: '{USD}', threads: '{thread}', packets: '{packet}', calls: '{call}', operations: '{operation}', records: '{record}', users: '{user}', orders: '{order}',
};

const atoms = /^(?:[yzafpnumcdhkMGTPEZY]|da|Ki|Mi|Gi|Ti)?(?:s|m|g|By|bit|W|V|A|J|Hz|Cel|K|Pa|N|L|l|mol|lm|lx|C|F|Ohm|S)$|^(?:1|%|min|h|d|wk|mo|a|\[[A-Za-z_]+\])$/;

/** Whether a unit is one of UCUM's, as far as telemetry uses them: atoms with prefixes, `{annotations}`, and these joined by `/` and `.`. */
export const isUcum = (unit: string): boolean => unit !== '' && unit.length <= 63 && unit.split(/[./]/).every((part) => /^\{[^{}]+\}$/.test(part) || atoms.test(part.replace(/\{[^{}]*\}$/, '').replace(/-?\d$/, '') || '1'));

/** UCUM's code for a unit as people write it; null when none is known. */
export const ucumFor = (unit: string): string | null => { const word = unit.toLowerCase(); return Object.hasOwn(spelled, word) ? spelled[word]! : null; };
