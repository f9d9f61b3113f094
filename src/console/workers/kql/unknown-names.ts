// Names in `event("…")` and `field("…")` that nothing seen bears: a warning, not an error, for what they name may come later. Pure.
import { isMinedId, kqlString, nearest, unquote, type LiveField } from '../../../kql/index.ts';
import type { KqlDiagnostic } from '../../../model/index.ts';
import type { KnownNames } from './name-items.ts';

/** Text and comments first, so that what they say is passed over. */
const calls = /\/\/.*|(?<![\w.])(event|field)(\(\s*)("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')\s*\)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;

interface Call { readonly fn: 'event' | 'field'; readonly name: string; readonly start: number; readonly end: number }

/** While nothing is known nobody is warned. */
export async function unknownNames(text: string, known: KnownNames | null, live: readonly LiveField[]): Promise<readonly KqlDiagnostic[]> {
  const found = await Promise.all(callsOf(text).map(async (call) => (call.fn === 'event' ? unknownEvent(call, known) : unknownField(call, known, live))));
  return found.filter((one) => one !== null);
}

function callsOf(text: string): readonly Call[] {
  return [...text.matchAll(calls)].flatMap(({ 0: whole, 1: fn, 2: open = '', 3: literal, index }) => {
    const name = literal === undefined ? null : unquote(literal);
    const start = index + (fn?.length ?? 0) + open.length;
    return name === null || name === '' || whole === '' ? [] : [{ fn: fn as Call['fn'], name, start, end: start + literal!.length }];
  });
}

async function unknownEvent(call: Call, known: KnownNames | null): Promise<KqlDiagnostic | null> {
  if (known === null || isMinedId(call.name)) return null;
  const alike = await known.events(call.name).catch(() => null);
  if (alike === null || alike.some(({ name }) => name === call.name)) return null;
  const all = await known.events('').catch(() => []);
  if (all.length === 0) return null;
  const near = nearest(call.name, [...alike, ...all].map(({ name }) => name).filter((name) => !isMinedId(name)));
  return doubt(call, `No event called ${call.name} has been seen.`, near);
}

/** Live records are those that came here, so that a field which they do not have is doubted only when they have one much like it. */
async function unknownField(call: Call, known: KnownNames | null, live: readonly LiveField[]): Promise<KqlDiagnostic | null> {
  const names = live.filter(({ column }) => column !== 'Record').map(({ name }) => name);
  if (names.length === 0 || names.includes(call.name)) return null;
  const renamed = await known?.fields().catch(() => null) ?? [];
  const near = renamed.includes(call.name) ? undefined : nearest(call.name, names);
  return near === undefined ? null : doubt(call, `No record seen lately has a field ${call.name}.`, near);
}

const doubt = ({ start, end }: Call, message: string, near: string | undefined): KqlDiagnostic => ({
  severity: 'warning', code: 'weir/unknown-name', message, start, end,
  help: near === undefined ? 'It may come later; nothing matches until then.' : `Did you mean ${near}?`,
  ...(near !== undefined && { fixes: [{ title: `Write ${near}`, edits: [{ start, end, text: kqlString(near) }] }] }),
});
