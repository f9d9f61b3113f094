// Places inside values: whatever way a text is written in YAML, each of its characters is found again.
import fc from 'fast-check';
import { Document, parseDocument, Scalar, type YAMLMap } from 'yaml';
import { expect, test } from 'vitest';
import { offsetOf, placesOf, valueAt } from './places.ts';
import { scalarMap } from './scalar-map.ts';

const styles = [Scalar.PLAIN, Scalar.QUOTE_SINGLE, Scalar.QUOTE_DOUBLE, Scalar.BLOCK_LITERAL, Scalar.BLOCK_FOLDED] as const;
const text = fc.array(fc.constantFrom('a', 'B', ' ', '  ', '\n', '\n\n', '|', ':', '#', '"', "'", '\\', '\t', 'é', '𝄞', '- ', 'word', '0'), { maxLength: 24 }).map((parts) => parts.join(''));

test('every style: the value is read as the YAML library reads it, and plain characters are themselves', () => {
  fc.assert(fc.property(text, fc.constantFrom(...styles), fc.constantFrom(0, 20, 80), fc.boolean(), (value, type, lineWidth, crlf) => {
    const document = new Document({ before: 1, deep: { kql: value }, after: 2 });
    (document.getIn(['deep', 'kql'], true) as Scalar).type = type;
    const yaml = document.toString({ lineWidth, indent: 4 }).replaceAll('\n', crlf ? '\r\n' : '\n');
    const parsed = parseDocument(yaml, { keepSourceTokens: true });
    fc.pre(parsed.errors.length === 0);
    const node = parsed.getIn(['deep', 'kql'], true) as Scalar;
    fc.pre(typeof node.value === 'string');
    const map = scalarMap(yaml, node);
    expect(map?.value).toBe(node.value);
    expect(map!.at).toHaveLength(map!.value.length + 1);
    map!.at.forEach((at, i) => {
      if (i > 0) expect(at).toBeGreaterThanOrEqual(map!.at[i - 1]!);
      const char = map!.value[i];
      if (char !== undefined && /[aBwordé0]/.test(char)) expect(yaml[at]).toBe(char);
    });
  }), { numRuns: 1000 });
});

const rule = `name: a   # x
kql: |  # why
    Logs
    | where Body has "it's"

    | invoke drop()
targets: 'ServiceName == "a" and x == ''b'''
key: [ServiceName, Attributes["queue.name"]]
`;

test('a place in the KQL is found in the document and back', () => {
  const kql = 'Logs\n| where Body has "it\'s"\n\n| invoke drop()\n';
  for (const word of ['Logs', 'Body', "it's", 'invoke', 'drop()']) {
    const at = offsetOf(rule, ['kql'], kql.indexOf(word))!;
    expect(rule.slice(at, at + word.length)).toBe(word);
    expect(valueAt(rule, at)).toEqual({ path: ['kql'], offset: kql.indexOf(word) });
  }
  expect(valueAt(rule, rule.indexOf('# x'))).toBeNull();
  expect(valueAt(rule, rule.indexOf('queue.name'))).toEqual({ path: ['key', 1], offset: 'Attributes["'.length });
  expect(offsetOf(rule, ['nothing'], 0)).toBeNull();
});

test('every place inside a value leads to a spot that leads back', () => {
  const places = placesOf(rule);
  for (let offset = 0; offset <= rule.length; offset++) {
    const spot = places.valueAt(offset);
    if (spot === null) continue;
    const back = places.offsetOf(spot.path, spot.offset)!;
    expect(places.valueAt(back)).toEqual(spot);
  }
});

test('a diagnostic and its fix come out in the document, written as the value is', () => {
  const { place } = placesOf(rule);
  const targets = `ServiceName == "a" and x == 'b'`;
  const problem = place(['targets'], { severity: 'error', code: 'x', message: 'm', start: targets.indexOf("'b'"), end: targets.length, fixes: [{ title: 'Say c', edits: [{ start: targets.indexOf("'b'"), end: targets.length, text: "'c'" }] }] });
  expect(rule.slice(problem.start, problem.end)).toBe("''b''");
  const edit = problem.fixes![0]!.edits[0]!;
  const fixed = rule.slice(0, edit.start) + edit.text + rule.slice(edit.end);
  expect((parseDocument(fixed.replace(/^key.*$/m, '')).contents as YAMLMap).get('targets')).toBe(`ServiceName == "a" and x == 'c'`);
  const inBlock = place(['kql'], { severity: 'error', code: 'x', message: 'm', start: 0, end: 4, fixes: [{ title: 'f', edits: [{ start: 4, end: 4, text: '\n| take 5' }] }] });
  expect(inBlock.fixes![0]!.edits[0]!.text).toBe('\n    | take 5');
});
