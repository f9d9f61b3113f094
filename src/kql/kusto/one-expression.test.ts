// Modes targets and guard: one expression, what it becomes, and what is refused in plain words.
import { describe, expect, it } from 'vitest';
import type { CompileMode } from '../language.ts';
import { expression, languageForTests, outcome } from './kusto-for-tests.ts';

const kql = await languageForTests();
const compiled = (text: string, mode: CompileMode): string => {
  const { expression: found, plan } = kql.compile(text, { mode });
  return plan === null ? outcome(kql, text, mode).filter((line) => line.startsWith('error')).join('; ') : found === undefined ? 'everything' : `${found.type} ${expression(found)}`;
};

describe('targets', () => {
  it.each([
    ['', 'everything'], [' // all of them', 'everything'],
    ['ServiceName == "frontend"', 'bool (== ServiceName "frontend")'],
    ['env == "prod" and Agent["host.name"] startswith "web"', 'bool (and (== Resource["env"] "prod") (startswith Agent["host.name"] "web"))'],
    ["['deployment.environment.name'] in (\"prod\", \"canary\")", 'bool (in Resource["deployment.environment.name"] "prod" "canary")'],
    ['EventName == "x"', 'error weir/targets at ‹EventName›'], ['isnotempty(Attributes.x)', 'error weir/targets at ‹Attributes›'],
    ['Logs | where ServiceName == "x"', 'error weir/one-expression at ‹Logs›'], ['where ServiceName == "x"', 'error weir/one-expression at ‹where›'], ['let x = 1; ServiceName == "x"', 'error weir/one-expression at ‹let›'],
    ['ServiceName == "a" | where x == 1', 'error weir/one-expression at ‹where x == 1›'], ['ServiceName == "a" | invoke drop()', 'error weir/one-expression at ‹invoke drop()›'],
    ['ServiceName', 'error KS141 at ‹ServiceName›'], ['ServiceName = "x"', 'error weir/equals at ‹=›'], ['since("x") > 1s', 'error KS211 at ‹since›'],
  ])('%s', (text, wanted) => expect(compiled(text, 'targets')).toBe(wanted));
  it('are a Plan of one where, or of none', () => {
    expect(kql.compile('ServiceName == "a"', { mode: 'targets' }).plan).toMatchObject({ table: 'source', operators: [{ op: 'where' }], sink: null });
    expect(kql.compile('', { mode: 'targets' }).plan).toMatchObject({ table: 'source', operators: [], sink: null });
  });
});

describe('guards', () => {
  it.each([
    ['EventName == "QueueDepth" and toint(Attributes.depth) > 200', 'bool (and (== EventName "QueueDepth") (> (toint Attributes["depth"]) 200))'],
    ['since("QueueStart") > 200ms', 'bool (> (since "QueueStart") timespan:"200000000")'], ['last("memory-dump") > 1h or isnull(last("memory-dump"))', 'bool (or (> (last "memory-dump") timespan:"3600000000000") (isnull (last "memory-dump")))'],
    ['ServiceName', 'string ServiceName'], ['Attributes["queue.name"]', 'dynamic Attributes["queue.name"]'], ['tolong(depth) / 10', 'long (/ (tolong Attributes["depth"]) 10)'],
    ['EventName == "last(x)"', 'bool (== EventName "last(x)")'],
    ['last("memdump") > 1h', 'error weir/guard at ‹"memdump"›'], ['since(EventName) > 1s', 'error weir/guard at ‹EventName›'], ['since() > 1s', 'error KS119 at ‹since›'],
    ['EventName = "x"', 'error weir/equals at ‹=›'], ['EventName == "x" && b == 1', 'error weir/logic-sign at ‹&&›'], ['EventName == "x", 3', 'error weir/one-expression at ‹EventName == "x", 3›'],
    ['x == 1 | take 3', 'error weir/one-expression at ‹take 3›'], ['Logs | where x == 1', 'error weir/one-expression at ‹Logs›'], ['count() > 3', 'error KS144 at ‹count›'], ['', 'error weir/one-expression at ‹›'],
    ['EventName == ', 'error KS006 at ‹›'],
  ])('%s', (text, wanted) => expect(compiled(text, 'guard')).toBe(wanted));
  it('are a Plan of one where when they are a condition, else of one project', () => {
    expect(kql.compile('EventName == "a"', { mode: 'guard' }).plan).toMatchObject({ table: 'source', operators: [{ op: 'where' }], sink: null });
    expect(kql.compile('ServiceName', { mode: 'guard' }).plan).toMatchObject({ table: 'source', operators: [{ op: 'project' }], sink: null });
  });
  it('give positions in the text as it stands', () => expect(kql.compile('ServiceNam == "x"', { mode: 'guard' }).diagnostics).toMatchObject([{ code: 'weir/attribute', start: 0, end: 10 }]));
});
