import { describe, expect, test } from 'vitest';
import { followField, followingAll, followName } from './follow-name.ts';

describe('a comparison with a name becomes event()', () => {
  test.each([
    ['Logs\n| where EventName == "a" // the old one\n| invoke drop()', 'Logs\n| where event("a") // the old one\n| invoke drop()'],
    ['EventName == "a"', 'event("a")'],
    ['DurableId=="a" and ServiceName == "s"', 'event("a") and ServiceName == "s"'],
    ['"a" == EventName', 'event("a")'],
    ["not(EventName == 'a') or EventName != @\"a\"", 'not(event("a")) or not(event("a"))'],
    ['Logs | where (EventName == "b" or EventName == "a") | take 1', 'Logs | where (EventName == "b" or event("a")) | take 1'],
    ['EventName in ("a")', 'event("a")'],
    ['EventName in ("b", "a", \'c\') and x', '(event("a") or EventName in ("b", \'c\')) and x'],
    ['EventName !in ("b", "a")', '(not(event("a")) and EventName !in ("b"))'],
    ['Logs | summarize n = countif(EventName == "a"), m = count()', 'Logs | summarize n = countif(event("a")), m = count()'],
  ])('%s', (kql, followed) => { expect(followName(kql, 'a')).toBe(followed); });

  test('names of any signs', () => { expect(followName('EventName == "say \\"hi\\""', 'say "hi"')).toBe('event("say \\"hi\\"")'); });
});

test('all events that a text names follow at once; ids of templates do by themselves, and texts of other columns are no events', () => {
  expect(followingAll('EventName in ("a", "b") and Body has "a" or "c" == DurableId')).toBe('(event("a") or event("b")) and Body has "a" or event("c")');
  expect(followingAll('DurableId == "t-0123456789abcdef" and Body == "a"')).toBeNull();
});

describe('what is not surely the same is left alone', () => {
  test.each([
    'EventName == "b"', 'Attributes.EventName == "a"', 'Attributes["EventName"] == "a"', 'EventName == "a" "b"', '"x" "a" == EventName', 'EventName =~ "a"', 'EventName has "a"', 'EventName in (dynamic(["a"]))',
    'tostring(1) + EventName == "a"', 'EventName == "a" == true', 'Logs | extend EventName = Body | where EventName == "a"', '// EventName == "a"', 'x == "EventName == \\"a\\""', 'EventName', 'EventName ==', 'EventName in ("a"', '',
  ])('%s', (kql) => { expect(followName(kql, 'a')).toBeNull(); });
});

describe('an attribute by its key becomes field()', () => {
  test.each([
    ['Logs | where Attributes["a"] == 1 and Attributes.a > 2 // Attributes["a"]', 'Logs | where field("a") == 1 and field("a") > 2 // Attributes["a"]'],
    ["tostring(Attributes['a'].b[\"a\"])", 'tostring(field("a").b["a"])'],
    ['Attributes[@"a"] == Attributes["b"]', 'field("a") == Attributes["b"]'],
  ])('%s', (kql, followed) => { expect(followField(kql, 'a')).toBe(followed); });
  test.each([
    'Attributes["b"]', 'Body.Attributes.a', 'Resource["a"]', 'Attributes.aa', 'Attributes', 'Attributes["a"', 'field("a")', 'Logs | extend Attributes = Body | where Attributes["a"] == 1', 'x == "Attributes.a"', '// Attributes.a', '',
  ])('not in %s', (kql) => { expect(followField(kql, 'a')).toBeNull(); });
});

describe('columns that the text gives no name keep theirs', () => {
  test.each([
    ['Logs | summarize avg(tolong(Attributes.a)), n = count() by tostring(Attributes["a"]), bin(Timestamp, 10s) | project n, Attributes_a', ['avg_Attributes_a', 'n', 'Attributes_a', 'Timestamp', 'n', 'Attributes_a'],
      'Logs | summarize avg_Attributes_a = avg(tolong(field("a"))), n = count() by Attributes_a = tostring(field("a")), bin(Timestamp, 10s) | project n, Attributes_a'],
    ['Logs | extend x = Attributes.a, Attributes["a"]["b c"]', ['x', 'Attributes_a_b c'], 'Logs | extend x = field("a"), ["Attributes_a_b c"] = field("a")["b c"]'],
    ['Logs | summarize by Attributes.a', ['by'], 'Logs | summarize by ["by"] = field("a")'],
    ['Logs | where Attributes.a == 1 | summarize count() by ["x y"] = tostring(Attributes.a)', ['count_', 'x y'], 'Logs | where field("a") == 1 | summarize count() by ["x y"] = tostring(field("a"))'],
    ['Logs | extend Attributes.a', ['a', 'b'], 'Logs | extend field("a")'],
  ])('%s', (kql, made, followed) => { expect(followField(kql, 'a', made)).toBe(followed); });
});
