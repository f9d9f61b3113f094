// The canonical form: golden text, and any document survives it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { queryDocument, ruleDocument } from '../../model/index.ts';
import { parseRule } from './parse-rule.ts';
import { printRule } from './print-rule.ts';

test('a whole document, field by field in one order', () => {
  expect(printRule(queryDocument.parse({
    tests: [{ name: "it's kept", given: [{ EventName: 'A', Attributes: { n: 1 } }, { at: '35s' }], expect: { matched: 1, records: [{ Body: 'x\ny' }] } }],
    kql: 'Logs   \n\n| where Body == "a: b"\n| invoke drop()\n\n', budget: { output: '200/s', cpu: '1%' }, expires: '7d', order: 7, name: 'all', description: 'Why: # because', location: 'off-box', targets: 'Resource["host"] == "a"',
  }))).toBe(`weir: 1
kind: query
name: all
description: 'Why: # because'
location: off-box
targets: Resource["host"] == "a"
order: 7
expires: 7d
budget: { cpu: 1%, output: 200/s }
kql: |
  Logs   

  | where Body == "a: b"
  | invoke drop()
tests:
  - name: it's kept
    given:
      - { EventName: A, Attributes: { n: 1 } }
      - { at: 35s }
    expect:
      records:
        - Body: |-
            x
            y
      matched: 1
`);
});

test('defaults are left out', () => {
  expect(printRule(queryDocument.parse({ name: 'a', kql: 'Logs | invoke drop()', order: 100, location: 'on-box', description: '', targets: '', budget: {}, tests: [] }))).toBe('weir: 1\nkind: query\nname: a\nkql: |\n  Logs | invoke drop()\n');
});

const words = fc.array(fc.constantFrom('a', ': ', ' #', '"', "'", '\n', '- ', '{', '|', '\t', ' ', 'é', '\\', '\u0000', '𝄞', 'null', '%', '\u2028', '\ufeff', '~', '1'), { minLength: 1, maxLength: 12 }).map((parts) => parts.join(''));
const scalar = fc.oneof(words, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n || 0), fc.boolean(), fc.constant(null));
const record = fc.dictionary(fc.oneof(fc.constantFrom('EventName', 'Body', 'Attributes', 'http.route'), words), fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.dictionary(words, scalar, { maxKeys: 3 })), { maxKeys: 4 });
test('any document comes back equal, and prints the same again', () => {
  fc.assert(fc.property(words, words, fc.array(record, { maxLength: 3 }), words, fc.integer({ min: 0, max: 10_000 }), (kql, description, given, testName, order) => {
    fc.pre(kql.trim() !== '');
    const document = ruleDocument.parse({ name: 'x', kql, description, order, tests: [{ name: testName, given, expect: {} }] });
    const printed = printRule(document);
    const back = parseRule(printed);
    expect(back.problems).toEqual([]);
    expect(back.document).toEqual({ ...document, kql: kql.trimEnd() });
    expect(printRule(back.document!)).toBe(printed);
  }), { numRuns: 500 });
});
