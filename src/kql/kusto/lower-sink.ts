// `invoke name(…)` to the Plan's sink. The binder has checked names, number and types of arguments; here are their values.
import type { Sink } from '../plan.ts';
import { dedupKey, maskModes, sinkByName, type SinkDefinition } from '../catalogue/sinks.ts';
import type { TableDefinition } from '../catalogue/tables.ts';
import { nearest } from '../nearest.ts';
import { kindOf, textOf, type Context } from './context.ts';
import { spanOf, type Span } from './diagnostics.ts';
import { lowerExpression } from './lower-expression.ts';
import { stringList } from './lower-literal.ts';
import { guessed, replaceWith } from './fixes.ts';
import { kqlName, kqlString } from '../literals.ts';
import { separated, type KustoNode } from './port.ts';
import type { Scope } from './scope.ts';
import { unalias } from './source.ts';

interface Argument { readonly value: unknown; readonly span: Span }
type Arguments = ReadonlyMap<string, Argument>;

/** Null when it is none; that is reported, here or by the binder. */
export function lowerSink(context: Context, scope: Scope, table: TableDefinition, node: KustoNode): Sink | null {
  const call = node.Function;
  const name = unalias(call?.Name?.SimpleName ?? '');
  const definition = sinkByName.get(name);
  if (call === undefined || definition === undefined) {
    context.problems.error(spanOf(call ?? node), 'weir/sink', `${name === '' ? 'This' : name} is not a sink.`, `Sinks are ${[...sinkByName.keys()].join(', ')}.`);
    return null;
  }
  return build(context, definition, lowerArguments(context, scope, definition, call), spanOf(call), scope, table);
}

function lowerArguments(context: Context, scope: Scope, definition: SinkDefinition, call: KustoNode): Arguments {
  const found = new Map<string, Argument>();
  separated(call.ArgumentList?.Expressions).forEach((part, i) => {
    const name = kindOf(context, part) === 'SimpleNamedExpression' ? part.Name?.SimpleName : definition.parameters[i]?.name;
    const expr = lowerExpression(context, scope, part);
    if (expr.k !== 'literal') context.problems.error(spanOf(part), 'weir/sink-argument', `${textOf(context, part)} is not a constant.`, `Arguments of ${definition.name}() are fixed when the rule is written: ${definition.example}.`);
    else if (name !== undefined) found.set(name, { value: expr.value, span: spanOf(part) });
  });
  return found;
}

function build(context: Context, { name }: SinkDefinition, args: Arguments, at: Span, scope: Scope, table: TableDefinition): Sink | null {
  const text = (key: string, what: string): string => named(context, args.get(key), what, at);
  const flag = (key: string): boolean => args.get(key)?.value === true;
  switch (name) {
    case 'sample': return { sink: 'sample', ratio: ratioOf(context, args.get('ratio'), at) };
    case 'dedup': return { sink: 'dedup', windowNanos: windowOf(context, args.get('window'), at), key: keyOf(context, args.get('key'), scope, table) };
    case 'redact': return { sink: 'redact', detectors: detectorsOf(context, args.get('detectors'), at), mode: modeOf(context, args.get('mode')) };
    case 'to_metric': return { sink: 'to_metric', name: metricName(context, args.get('name'), at), unit: unitOf(context, args.get('unit')), keep: flag('keep') };
    case 'record': return { sink: 'record', recorder: text('recorder', 'flight recorder'), tee: flag('tee') };
    case 'route': return { sink: 'route', exporter: text('exporter', 'exporter') };
    case 'drop': case 'update': return { sink: name };
    default: return null;
  }
}

function ratioOf(context: Context, argument: Argument | undefined, at: Span): number {
  const ratio = Number(argument?.value);
  if (argument !== undefined && ratio > 0 && ratio <= 1) return ratio;
  const share = Number((1 / ratio).toPrecision(3));
  const fixes = argument === undefined ? [] : ratio > 1 ? [replaceWith(argument.span, String(share))] : ratio === 0 ? [replaceWith(at, 'drop()')] : [];
  const help = ratio > 1 ? `To keep one in ${ratio}, write sample(${share}).` : 'sample(0.1) keeps one in ten; to keep none, use drop().';
  context.problems.error(argument?.span ?? at, 'weir/sample-ratio', `The share to keep must be above 0 and at most 1, not ${String(argument?.value)}.`, help, fixes);
  return 1;
}

/** From a millisecond to a day, as nanoseconds. */
function windowOf(context: Context, argument: Argument | undefined, at: Span): string {
  const nanos = typeof argument?.value === 'string' ? BigInt(argument.value) : 0n;
  if (nanos >= 1_000_000n && nanos <= 86_400_000_000_000n) return nanos.toString();
  context.problems.error(argument?.span ?? at, 'weir/dedup-window', 'The window of dedup() is a span of time from 1ms to 1d.', 'Write dedup(10s): the first of equal records within 10 s passes, with the count of all.', argument === undefined ? [] : [replaceWith(argument.span, '10s')]);
  return '10000000000';
}

/** Columns whose values together make two records equal. */
function keyOf(context: Context, argument: Argument | undefined, scope: Scope, table: TableDefinition): readonly string[] {
  const value = argument?.value ?? null;
  if (argument === undefined || value === null) return dedupKey(table.name).filter((name) => scope.columns.has(name));
  const list = stringList(value);
  if (list === null || list.length === 0 || list.length > 16) {
    context.problems.error(argument.span, 'weir/dedup-key', 'The key of dedup() is a list of up to 16 column names.', 'Write dedup(10s, dynamic(["ServiceName", "EventName"])), or leave it out.');
    return [];
  }
  for (const name of list) if (!scope.columns.has(name)) unknownKey(context, argument.span, name, [...scope.columns.keys()]);
  return [...new Set(list)];
}

function unknownKey(context: Context, at: Span, name: string, columns: readonly string[]): void {
  const guess = nearest(name, columns);
  const make = `Make an attribute a column first: | extend ${kqlName(name)} = tostring(Attributes[${kqlString(name)}])`;
  context.problems.error(at, 'weir/dedup-key', `${name} is not a column here.`, guess === undefined ? `${make}.` : `Did you mean ${guess}? ${make}.`);
}

function named(context: Context, argument: Argument | undefined, what: string, at: Span): string {
  const value = argument?.value;
  if (typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/.test(value)) return value;
  context.problems.error(argument?.span ?? at, 'weir/name', `${JSON.stringify(value ?? '')} cannot name a ${what}.`, 'Use 1 to 63 letters, digits, dots, dashes and underscores, starting with a letter or digit.');
  return '';
}

/** The instrument name syntax of OpenTelemetry's metrics API. */
function metricName(context: Context, argument: Argument | undefined, at: Span): string {
  const value = argument?.value;
  if (typeof value === 'string' && /^[A-Za-z][A-Za-z0-9_.\-/]{0,254}$/.test(value)) return value;
  context.problems.error(argument?.span ?? at, 'weir/name', `${JSON.stringify(value ?? '')} cannot name a metric.`, 'OpenTelemetry wants a letter first, then up to 254 letters, digits, and the signs _ . - /.');
  return '';
}

function unitOf(context: Context, argument: Argument | undefined): string {
  const value = argument?.value ?? '';
  if (typeof value === 'string' && value.length <= 63 && /^[\x20-\x7e]*$/.test(value)) return value;
  context.problems.error(argument!.span, 'weir/unit', 'A unit has at most 63 ASCII characters.', 'Use UCUM: "ms", "By", "{request}".');
  return '';
}

function detectorsOf(context: Context, argument: Argument | undefined, at: Span): readonly string[] {
  const list = argument === undefined ? ['*'] : stringList(argument.value);
  if (list !== null && list.length > 0 && list.every((name) => /^(\*|[a-z0-9][a-z0-9_-]*)$/i.test(name))) return knownDetectors(context, list, argument?.span ?? at);
  context.problems.error(argument?.span ?? at, 'weir/detectors', 'Detectors are names.', 'Write redact("email"), redact(dynamic(["email", "ipv4"])) or redact() for all of them.');
  return ['*'];
}

function knownDetectors(context: Context, list: readonly string[], at: Span): readonly string[] {
  const known = context.detectors ?? list;
  for (const name of list) {
    if (name === '*' || known.includes(name)) continue;
    const guess = known.find((candidate) => candidate.includes(name)) ?? nearest(name, known);
    context.problems.error(at, 'weir/detectors', `There is no detector named ${name}.`, guess === undefined ? `Detectors are ${known.join(', ')}; "*" is all of them.` : `Did you mean ${guess}?`, list.length === 1 ? guessed(at, guess === undefined ? undefined : `"${guess}"`) : []);
  }
  return list;
}

function modeOf(context: Context, argument: Argument | undefined): (typeof maskModes)[number] {
  const mode = maskModes.find((known) => known === (argument?.value ?? 'mask'));
  if (mode !== undefined) return mode;
  context.problems.error(argument!.span, 'weir/redact-mode', `${String(argument!.value)} is not a way to redact.`, `Use one of ${maskModes.join(', ')}.`);
  return 'mask';
}
