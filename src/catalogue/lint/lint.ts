// What OpenTelemetry's semantic conventions would have otherwise about an event, with the name they suggest. Each finding names its rule and
// the page that says so. Pure; what is wrong with one field is told once.
import type { LintFinding } from '../../model/index.ts';
import { fieldName } from '../drift/index.ts';
import { mainType, presenceOf, type MergedEvent, type MergedField } from '../merge/index.ts';
import { conventionFor, conventions } from './conventions.ts';
import { deprecated } from './deprecated.ts';
import { eventNameFrom, isWellFormed, namingPage, reformed } from './names.ts';
import { isUcum, ucumFor, unitInName } from './units.ts';

const attributesPage = 'https://opentelemetry.io/docs/specs/semconv/registry/attributes/';
const eventsPage = 'https://opentelemetry.io/docs/specs/semconv/general/events/';
const logsPage = 'https://opentelemetry.io/docs/specs/otel/logs/data-model/';
const spansPage = 'https://opentelemetry.io/docs/specs/otel/trace/api/#span';
const metricsPage = 'https://opentelemetry.io/docs/specs/semconv/general/metrics/';
const servicePage = 'https://opentelemetry.io/docs/specs/semconv/resource/#service';
/** Seen in fewer records, a field says little. */
const leastSeen = 3;
const mostFindings = 200;

export function lint(event: MergedEvent): LintFinding[] {
  const names = new Set([...event.fields.values()].filter((field) => field.place !== 'body').map((field) => field.key));
  const found = [...lintEvent(event)];
  for (const field of event.fields.values()) {
    if (found.length >= mostFindings) break;
    if (field.seen > 0 && field.key !== '') found.push(...lintField(field, names));
  }
  return found.slice(0, mostFindings);
}

const finding = (rule: string, field: string | null, message: string, suggestion: string | null, reference: string): LintFinding => ({ rule, field, message, suggestion, reference });

/** One finding at most about a field's name; its type comes beside it. */
function lintField(field: MergedField, names: ReadonlySet<string>): LintFinding[] {
  const name = fieldName(field);
  // Keys within a body are the application's own: only their form is judged.
  if (field.place === 'body') return form(field.key, name, '');
  const old = deprecated.get(field.key);
  if (old !== undefined) return [deprecatedName(field.key, name, old, names)];
  const known = conventions.get(field.key);
  if (known !== undefined) return wrongType(field, name, known);
  if (field.key.startsWith('otel.')) return [finding('reserved-namespace', name, `The namespace otel is OpenTelemetry's own; "${field.key}" is not among its names.`, reformed(field.key.slice(5)), namingPage)];
  const meant = conventionFor(field.key);
  if (meant !== null) return [finding('look-alike', name, `"${field.key}" seems to be what the conventions call "${meant}"${names.has(meant) ? ', which the event has too' : ''}.`, meant, conventions.get(meant)!.reference)];
  return form(field.key, name, namespaceHint(field.key));
}

function deprecatedName(key: string, name: string, { by, reference }: { readonly by: string | null; readonly reference: string }, names: ReadonlySet<string>): LintFinding {
  if (key === 'event.name') return finding('deprecated', name, '"event.name" as an attribute was given up: the name stands in the record\'s own EventName.', 'EventName', eventsPage);
  if (by === null) return finding('deprecated', name, `"${key}" was given up, and nothing takes its place.`, null, reference);
  const already = by.split(/ (?:or|and) /).every((one) => names.has(one));
  return finding('deprecated', name, `"${key}" was given up for ${by}${already ? ', which the event has too: it is paid for twice' : ''}.`, by, reference);
}

function wrongType(field: MergedField, name: string, { types, reference }: { readonly types: readonly string[]; readonly reference: string }): LintFinding[] {
  const type = mainType(field.types);
  if (field.seen < leastSeen || type === 'null' || types.includes(type)) return [];
  return [finding('type', name, `"${field.key}" is ${type} here; the conventions have it as ${types[0]}.`, types[0]!, reference)];
}

/** Beside the form: a unit in the name. */
function form(key: string, name: string, hint: string): LintFinding[] {
  const unit = unitInName(key);
  if (unit !== null && !conventions.has(key)) {
    return [finding('unit-in-name', name, `"${key}" has its unit in its name; the conventions keep it out (a metric states it: "${unit.unit}").`, reformed(unit.rest), namingPage)];
  }
  if (isWellFormed(key)) return [];
  return [finding('name-form', name, `"${key}" is not in the form of the conventions: lower case, namespaces parted by dots, words by underscores${hint}.`, reformed(key), namingPage)];
}

const namespaceHint = (key: string): string => (key.includes('.') ? '' : '; a namespace of your own in front keeps it apart from others');

function* lintEvent(event: MergedEvent): Generator<LintFinding> {
  if (event.service === '' || event.service.startsWith('unknown_service')) yield finding('service-name', 'resource.service.name', 'The resource does not say which service this is.', 'service.name', servicePage);
  if (event.signal === 'logs') yield* lintLog(event);
  else if (event.signal === 'spans') yield* lintSpanName(event);
  else yield* lintMetric(event);
}

function* lintLog(event: MergedEvent): Generator<LintFinding> {
  if (event.source === 'template' || event.source === 'code-location') {
    const suggested = eventNameFrom(event.template ?? '', event.scope);
    yield finding('event-name', null, `The record has no EventName; its durable id was ${event.source === 'template' ? 'mined from its body and changes with its words' : 'taken from its source line and changes when that moves'}.`, suggested, eventsPage);
  }
  if (event.source === 'event-name' && !isWellFormed(event.durableId)) {
    yield finding('event-name-form', null, `The event's name "${event.durableId}" is not in the form of the conventions: lower case, namespaces parted by dots, words by underscores.`, reformed(event.durableId), eventsPage);
  }
  const unset = event.severities.get(0)?.records ?? 0;
  if (unset > 0 && unset * 2 >= event.records) yield finding('severity', null, `${unset === event.records ? 'No record has' : 'Most records lack'} a severity number: they cannot be filtered by severity.`, 'SeverityNumber', logsPage);
}

/** A run of digits, a UUID or long hex in a name: one name for each thing, where there should be one for all. */
const idInName = /\b\d{3,}\b|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}|\b(?=[0-9a-f]*\d)[0-9a-f]{12,}\b|\/\d+(?=\/|$)/gi;

function* lintSpanName(event: MergedEvent): Generator<LintFinding> {
  const name = event.durableId;
  if (name.search(idInName) >= 0) yield finding('span-name-cardinality', null, `The span's name "${name}" holds what looks like an id: there will be a name for each. The id belongs into an attribute.`, name.replaceAll(idInName, (found) => (found.startsWith('/') ? '/{id}' : '{id}')), spansPage);
}

function* lintMetric(event: MergedEvent): Generator<LintFinding> {
  const name = event.durableId;
  const unit = unitInName(name);
  if (unit !== null) yield finding('metric-unit-in-name', null, `The metric's name "${name}" has its unit in it; it belongs into the metric's unit, as "${unit.unit}".`, reformed(unit.rest), metricsPage);
  else if (!isWellFormed(name)) yield finding('metric-name-form', null, `The metric's name "${name}" is not in the form of the conventions: lower case, namespaces parted by dots, words by underscores.`, reformed(name), metricsPage);
  if (/[._]total$/.test(name)) yield finding('metric-total', null, `The metric's name "${name}" ends in "total", which some backends add by themselves.`, name.replace(/[._]total$/, ''), metricsPage);
  if (event.unit === undefined) yield finding('metric-unit', null, 'The metric states no unit.', unit?.unit ?? '1', metricsPage);
  else if (!isUcum(event.unit)) yield finding('metric-unit', null, `The metric's unit "${event.unit}" is none of UCUM's codes.`, ucumFor(event.unit), metricsPage);
  for (const field of event.fields.values()) {
    if (field.place === 'attribute' && field.distinct > 1000 && presenceOf(field) > 0.5) yield finding('metric-cardinality', fieldName(field), `"${field.key}" has ${field.distinct} distinct values: each makes a series of its own.`, null, attributesPage);
  }
}
