import { describe, expect, it } from 'vitest';
import { redactionPolicy } from '../../../model/index.ts';
import { createRedactClient } from './client.ts';
import { spansPerText } from './redact-service.ts';
import { inProcessRedact } from './testing/in-process.ts';

const client = inProcessRedact();
const at = { service: 'cart', place: 'attribute', key: 'user.mail' } as const;
const mail = 'ada@example.com';

describe('the redact worker', () => {
  it('knows detectors and sensitive keys', async () => {
    const { detectors, sensitiveKeys } = await client.facts();
    expect(detectors.map(({ name }) => name)).toContain('email');
    expect(sensitiveKeys.map(({ key }) => key)).toContain('user.email');
  });

  it('scans texts by UTF-16 offsets', async () => {
    const text = `für 🙂 ${mail}, ${mail}`;
    const [found = [], none] = await client.scan([{ text, key: 'note' }, { text: 'nothing here', key: '' }]);
    expect(found.map(({ start, end, detector }) => [text.slice(start, end), detector])).toEqual([[mail, 'email'], [mail, 'email']]);
    expect(none).toEqual([]);
  });

  it('runs a pattern over texts, and says why one is refused', async () => {
    expect(await client.match({ pattern: 'ord-[0-9]{5}' }, ['a ord-12345 b', 'ord-1', 'ord-11111 ord-22222'])).toEqual({ ok: true, matches: 3, spans: [[{ start: 2, end: 11 }], [], [{ start: 0, end: 9 }, { start: 10, end: 19 }]] });
    expect(await client.match({ pattern: '[0-9]{5}', near: ['order'] }, ['order 12345', 'stamp 12345'])).toMatchObject({ matches: 1, spans: [[{ start: 6 }], []] });
    const refused = await client.match({ pattern: '(?=a)' }, ['a']);
    expect(refused).toMatchObject({ ok: false });
    expect(!refused.ok && refused.message).not.toContain('pattern-in-hand');
  });

  it('bounds what it tells of one text, not what it counts', async () => {
    const read = await client.match({ pattern: 'x[0-9]' }, ['x1 '.repeat(spansPerText + 10)]);
    expect(read).toMatchObject({ ok: true, matches: spansPerText + 10 });
    expect(read.ok && read.spans[0]).toHaveLength(spansPerText);
  });

  it('shows what a policy makes of a value', async () => {
    const policy = (more: object) => redactionPolicy.parse({ sensitiveKeys: false, except: ['*'], ...more });
    const masked = await client.example(policy({ entries: [{ key: 'user.*', do: 'partial', keep: 3 }] }), at, mail);
    expect(masked).toMatchObject({ whole: 'keep', hidden: [{ start: 0, end: mail.length }] });
    expect(masked.text).toMatch(/•com$/);
    expect(await client.example(policy({ entries: [{ key: 'user.*', do: 'remove' }] }), at, mail)).toMatchObject({ whole: 'remove', text: null });
    expect(await client.example(policy({ entries: [{ service: 'cart', detectors: ['email'], do: 'drop' }] }), at, mail)).toMatchObject({ whole: 'drop', text: null });
    expect(await client.example(policy({ entries: [{ key: 'other', do: 'mask' }] }), at, mail)).toEqual({ whole: 'keep', text: mail, hidden: [] });
    await expect(client.example(policy({ entries: [{ detectors: ['no-such'], do: 'mask' }] }), at, mail)).rejects.toThrow('no-such');
  });

  it('says which keys a glob means', async () => expect(await client.fitting('user.*', ['user.email', 'User.Id', 'sku'])).toEqual(['user.email', 'User.Id']));

  it('rejects what waits when the worker stops, and starts again', async () => {
    let fail: (message: string) => void = () => undefined;
    let started = 0;
    const broken = createRedactClient(() => ({ post: () => undefined, listen: (_, failed) => { started += 1; fail = failed ?? fail; } }));
    const waiting = broken.facts();
    fail('The detectors stopped.');
    await expect(waiting).rejects.toThrow('The detectors stopped.');
    void broken.facts().catch(() => undefined);
    expect(started).toBe(2);
    broken.close();
  });
});
