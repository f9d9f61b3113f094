// `weir redact --policy FILE`: what a redaction policy makes of a field, by the compiled policy that agents run. The field stands
// where it would in a record: `text`, `message` and the like are its body, `body.…` is within that, `resource.…` is one of its
// resource's attributes, and anything else is an attribute of that name.
import { decodeUtf8, encodeUtf8 } from '../../base/index.ts';
import type { RedactionPlace, RedactionPolicy } from '../../model/index.ts';
import { compilePolicy, inUtf16, type Decision, type KeyRing, type TextPlace } from '../../redaction/index.ts';
import { CommandFailure, unwrap } from '../failure.ts';
import { fieldSpans } from './redact-field.ts';
import type { RedactField, RedactFields } from './redact-line.ts';
import { loadRule } from './rule-file.ts';

/** Reads the policy document at `path`; one message names the file and everything that is wrong with it. */
export async function policyRedaction(path: string, keys: KeyRing): Promise<RedactFields> {
  const rule = await loadRule(path, 'policy');
  if (rule.policy === null) throw new CommandFailure({ code: 'cli.no-policy', message: `${path} is a rule of another kind than redaction-policy.`, help: 'A redaction policy begins with kind: redaction-policy. `weir rules run` runs a query over a file.' });
  return policyFields(rule.policy, keys);
}

/** The same of a policy in hand. */
export function policyFields(policy: RedactionPolicy, keys: KeyRing): RedactFields {
  const compiled = unwrap(compilePolicy(policy, { keys }));
  const hasServices = [...policy.entries, ...policy.allow ?? []].some(({ service }) => service !== undefined);
  return (field) => {
    const at = placeOf(field);
    return (text, line, isNumber = false) => {
      const bytes = encodeUtf8(text);
      const service = compiled.forService(hasServices ? serviceOf(line) : '');
      const decision = (isNumber ? service?.integer(at, BigInt(text)) : service?.text(at, bytes, 0, bytes.length)) ?? null;
      return decision === null ? null : inText(decision, bytes, text);
    };
  };
}

/** Fields that hold what a record says, by the names that loggers give them. */
const bodyNames: ReadonlySet<string> = new Set(['text', 'body', 'Body', 'message', 'msg', 'log']);

function placeOf(field: string): TextPlace {
  if (bodyNames.has(field)) return place('body', '', 'body');
  if (field.startsWith('body.')) return place('body', field.slice(field.lastIndexOf('.') + 1), field);
  const key = field.replace(/^(?:attributes|resource)\./, '');
  return place(field.startsWith('resource.') ? 'resource' : 'attribute', key, key);
}

function place(of: RedactionPlace, key: string, path: string): TextPlace {
  const keyBytes = encodeUtf8(key);
  return { place: of, keyBytes, keyStart: 0, keyEnd: keyBytes.length, path: () => path };
}

/** Where a line says which service it is of. */
const serviceFields = ['service.name', 'resource.service.name', 'ServiceName', 'service'];

/** Empty of a line that names none: then only what is for every service counts. */
function serviceOf(line: string): string {
  for (const field of serviceFields) {
    const span = fieldSpans(line, field).at(-1);
    if (span !== undefined && line[span.start] === '"') return JSON.parse(line.slice(span.start, span.end)) as string;
  }
  return '';
}

/** What was let pass by an `ignore` entry is no finding here: it stands in the line as it came. */
function inText({ bytes: after, whole, decided }: Decision, bytes: Uint8Array, text: string): ReturnType<RedactField> {
  const findings = inUtf16(decided.filter(({ action }) => action !== 'ignore').map(({ start, end, detector, confidence }) => ({ start, end, detector, confidence })), bytes, text);
  return { text: after === null ? text : decodeUtf8(after, 0, after.length), whole, findings };
}
