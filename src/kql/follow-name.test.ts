import { describe, expect, test } from 'vitest';
import { followName } from './follow-name.ts';

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

describe('what is not surely the same is left alone', () => {
  test.each([
    'EventName == "b"', 'Attributes.EventName == "a"', 'Attributes["EventName"] == "a"', 'EventName == "a" "b"', '"x" "a" == EventName', 'EventName =~ "a"', 'EventName has "a"', 'EventName in (dynamic(["a"]))',
    'tostring(1) + EventName == "a"', 'EventName == "a" == true', 'Logs | extend EventName = Body | where EventName == "a"', '// EventName == "a"', 'x == "EventName == \\"a\\""', 'EventName', 'EventName ==', 'EventName in ("a"', '',
  ])('%s', (kql) => { expect(followName(kql, 'a')).toBeNull(); });
});
