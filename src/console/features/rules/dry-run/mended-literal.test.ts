import { expect, it } from 'vitest';
import { mendedLiteral } from './mended-literal.ts';

const text = (kql: string) => `name: n\nkql: |\n  Logs\n  | where ${kql}\n  | invoke drop()\n`;

it('writes the value that was seen in place of the one that was written, in either quotes', () => {
  expect(mendedLiteral(text('EventName == "LogLanch"'), 'LogLanch', 'LogLaunch')).toMatchObject({ path: ['kql'], value: expect.stringContaining('EventName == "LogLaunch"') });
  expect(mendedLiteral(text("EventName == 'a'"), 'a', 'b "c"')).toMatchObject({ value: expect.stringContaining(String.raw`EventName == "b \"c\""`) });
});

it('touches no part of a longer text', () => {
  expect(mendedLiteral(text('EventName == "LogLanches"'), 'LogLanch', 'LogLaunch')).toBeNull();
});
