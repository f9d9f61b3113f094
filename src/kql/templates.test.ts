// Templates make text that compiles without error whatever the record holds, and that means what the menu said.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageForTests, summary } from './kusto/kusto-for-tests.ts';
import { ruleDocument } from '../model/index.ts';
import { dropTemplate, filterTemplate, metricTemplate, recordTemplate, sampleTemplate, type Condition, type Selection, type Template, type TemplateField } from './index.ts';

const kql = await languageForTests();
const eventName: TemplateField = { in: 'column', name: 'EventName', type: 'string' };
const launch: Selection = { table: 'Logs', conditions: [{ field: eventName, value: 'LogLaunch' }] };
const route: TemplateField = { in: 'Attributes', name: 'http.route' };

function planLines(template: Template): readonly string[] {
  const { plan, diagnostics } = kql.compile(template.kql, { mode: 'rule' });
  expect(diagnostics.filter(({ severity }) => severity === 'error'), template.kql).toEqual([]);
  expect(ruleDocument.safeParse({ name: template.name, description: template.description, kql: template.kql }).error).toBeUndefined();
  return summary(plan!);
}

const text = fc.string({ unit: 'binary', maxLength: 16 });
const field: fc.Arbitrary<TemplateField> = fc.oneof(
  fc.constantFrom<TemplateField>(eventName, { in: 'column', name: 'SeverityNumber', type: 'int' }, { in: 'column', name: 'Body', type: 'dynamic' }),
  fc.record({ in: fc.constantFrom('Attributes' as const, 'Resource' as const), name: fc.string({ unit: 'binary', minLength: 1, maxLength: 16 }) }),
);
const condition: fc.Arbitrary<Condition> = field.chain((chosen) => fc.record({ field: fc.constant(chosen), value: chosen.in === 'column' && chosen.type === 'string' ? text : chosen.in === 'column' && chosen.type === 'int' ? fc.integer() : fc.oneof(text, fc.integer(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null)) }));
const selection: fc.Arbitrary<Selection> = fc.record({ table: fc.constant('Logs' as const), conditions: fc.array(condition, { minLength: 1, maxLength: 3 }) });

describe('templates', () => {
  it('drop', () => expect(planLines(dropTemplate(launch))).toEqual(['Logs', 'where (== EventName "LogLaunch")', '→ drop']));
  it('sample', () => expect(planLines(sampleTemplate(launch, 4))).toEqual(['Logs', 'where (== EventName "LogLaunch")', '→ sample ratio=0.25']));
  it('to metric', () => expect(planLines(metricTemplate(launch, { groupBy: [route] })).slice(2)).toEqual([
    'summarize Count:long := count by http.route := (tostring Attributes["http.route"]), Timestamp := (bin Timestamp timespan:"10000000000")', '→ to_metric name="log_launch.count" unit="" keep=false']));
  it('record', () => expect(planLines(recordTemplate(launch, 'check out!', true)).slice(2)).toEqual(['→ record recorder="check-out-" tee=true']));
  it('gives a rule name', () => expect(dropTemplate(launch).name).toBe('drop-log-launch'));

  it('compile for any field and value', () => {
    fc.assert(fc.property(selection, field, fc.integer({ min: 1, max: 1000 }), (chosen, other, oneIn) => {
      const group = other.in === 'column' ? eventName : other;
      for (const template of [dropTemplate(chosen), sampleTemplate(chosen, oneIn), metricTemplate(chosen, { groupBy: [group] }), recordTemplate(chosen, 'r')]) planLines(template);
      expect(kql.compile(filterTemplate(chosen.conditions), { mode: 'filter' }).plan).not.toBeNull();
    }), { numRuns: 15 });
  });
});
