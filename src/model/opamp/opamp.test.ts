import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agentCapabilities, attributesToText, decodeAgentFrame, decodeAgentToServer, decodeServerFrame, decodeServerToAgent, encodeAgentFrame, encodeAgentToServer,
  encodeServerFrame, encodeServerToAgent, instanceUidFromHex, instanceUidToHex, type AgentToServer, type AttributeValue, type ComponentHealth, type ServerToAgent,
} from './index.ts';

const bytes = fc.uint8Array({ maxLength: 40 });
const text = fc.string({ unit: 'binary', maxLength: 20 }).filter((value) => value.isWellFormed());
const safe = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const maybe = <T>(inner: fc.Arbitrary<T>) => fc.option(inner, { nil: undefined });
const mapOf = <T>(inner: fc.Arbitrary<T>) => fc.array(fc.tuple(text, inner), { maxLength: 4 }).map((entries) => new Map(entries));
// oxlint-disable-next-line typescript/no-explicit-any -- fast-check's own types cannot name optional members
const record = fc.record as (shape: Record<string, fc.Arbitrary<unknown>>) => fc.Arbitrary<any>;
const present = (shape: Record<string, fc.Arbitrary<unknown>>): ReturnType<typeof record> => record(shape).map((message) => Object.fromEntries(Object.entries(message).filter(([, value]) => value !== undefined)));

const { value: attributeValue } = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, text, fc.boolean(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.double(), bytes, fc.constant(undefined),
    fc.array(tie('value'), { maxLength: 3 }), mapOf(tie('value'))),
}));
const attributes = fc.array(record({ key: text, value: attributeValue }).map(({ key, value }) => ({ key, value })), { maxLength: 4 });
const { health } = fc.letrec<{ health: ComponentHealth }>((tie) => ({
  health: record({ healthy: fc.boolean(), startTimeUnixNano: u64, lastError: text, status: text, statusTimeUnixNano: u64,
    componentHealthMap: fc.oneof({ depthSize: 'small' }, fc.constant(new Map()), mapOf(tie('health'))) }),
}));
const configMap = record({ configMap: mapOf(record({ body: bytes, contentType: text })) });
const custom = { customCapabilities: maybe(record({ capabilities: fc.array(text, { maxLength: 3 }) })), customMessage: maybe(record({ capability: text, type: text, data: bytes })) };

const agentToServer: fc.Arbitrary<AgentToServer> = present({
  instanceUid: bytes, sequenceNum: safe, agentDescription: maybe(record({ identifyingAttributes: attributes, nonIdentifyingAttributes: attributes })),
  capabilities: safe, health: maybe(health), effectiveConfig: maybe(present({ configMap: maybe(configMap) })),
  remoteConfigStatus: maybe(record({ lastRemoteConfigHash: bytes, status: fc.nat(3), errorMessage: text })),
  agentDisconnect: maybe(fc.constant({})), flags: safe, ...custom,
});
const settings = { destinationEndpoint: text, headers: maybe(record({ headers: fc.array(record({ key: text, value: text }), { maxLength: 3 }) })),
  certificate: maybe(record({ publicKey: bytes, privateKey: bytes, caPublicKey: bytes })) };
const serverToAgent: fc.Arbitrary<ServerToAgent> = present({
  instanceUid: bytes, errorResponse: maybe(present({ type: fc.nat(2), errorMessage: text, retryInfo: maybe(record({ retryAfterNanoseconds: u64 })) })),
  remoteConfig: maybe(present({ config: maybe(configMap), configHash: bytes })),
  connectionSettings: maybe(present({ hash: bytes, opamp: maybe(present(settings)), ownMetrics: maybe(present(settings)),
    otherConnections: mapOf(present({ ...settings, otherSettings: mapOf(text) })) })),
  flags: safe, capabilities: safe, agentIdentification: maybe(record({ newInstanceUid: bytes })), command: maybe(record({ type: fc.nat(1) })), ...custom,
});

describe('round trip', () => {
  it('gives back any AgentToServer, bare and framed', () => {
    fc.assert(fc.property(agentToServer, (message) => {
      expect(decodeAgentToServer(encodeAgentToServer(message))).toEqual({ ok: true, value: message });
      expect(decodeAgentFrame(encodeAgentFrame(message))).toEqual({ ok: true, value: message });
    }));
  });
  it('gives back any ServerToAgent, bare and framed', () => {
    fc.assert(fc.property(serverToAgent, (message) => {
      expect(decodeServerToAgent(encodeServerToAgent(message))).toEqual({ ok: true, value: message });
      expect(decodeServerFrame(encodeServerFrame(message))).toEqual({ ok: true, value: message });
    }));
  });
});

describe('wire format', () => {
  it('writes the field numbers of the specification', () => {
    const message = encodeAgentToServer({ instanceUid: Uint8Array.of(1, 2), sequenceNum: 300, capabilities: agentCapabilities.reportsStatus | agentCapabilities.reportsRemoteConfig,
      health: { healthy: true, startTimeUnixNano: 1n }, customMessage: { capability: 'c', type: 't', data: Uint8Array.of(9) } });
    expect([...message]).toEqual([
      0x0a, 2, 1, 2, 0x10, 0xac, 0x02, 0x20, 0x81, 0x20, 0x2a, 11, 0x08, 1, 0x11, 1, 0, 0, 0, 0, 0, 0, 0, 0x6a, 9, 0x0a, 1, 0x63, 0x12, 1, 0x74, 0x1a, 1, 9]);
  });
  it('prefixes a WebSocket frame with a zero header and reads frames without one', () => {
    expect([...encodeServerFrame({ flags: 1 })]).toEqual([0, 0x30, 1]);
    expect(decodeServerFrame(Uint8Array.of(0x30, 1))).toMatchObject({ ok: true, value: { flags: 1 } });
  });
  it('skips unknown fields and known fields of another wire type', () => {
    // field 8 (package_statuses), field 100 as fixed32, field 2 as bytes, then sequence_num 7.
    const message = Uint8Array.of(0x42, 2, 0xff, 0xff, 0xa5, 0x06, 1, 2, 3, 4, 0x12, 1, 5, 0x10, 7);
    expect(decodeAgentToServer(message)).toMatchObject({ ok: true, value: { sequenceNum: 7 } });
  });
  it('merges a sub-message that comes twice', () => {
    const first = encodeAgentToServer({ health: { healthy: true } });
    const second = encodeAgentToServer({ health: { status: 'up' } });
    expect(decodeAgentToServer(Uint8Array.of(...first, ...second))).toMatchObject({ value: { health: { healthy: true, status: 'up' } } });
  });
  it('keeps a __proto__ key a key', () => {
    const decoded = decodeAgentToServer(encodeAgentToServer({ effectiveConfig: { configMap: { configMap: new Map([['__proto__', { contentType: 'x' }]]) } } }));
    expect(decoded.ok && [...decoded.value.effectiveConfig!.configMap!.configMap.keys()]).toEqual(['__proto__']);
  });
});

describe('malformed bytes', () => {
  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => { decodeAgentFrame(noise); decodeServerFrame(noise); }), { numRuns: 2000 });
  });
  it('refuses every truncation that cuts a field', () => {
    const whole = encodeAgentToServer({ customMessage: { capability: 'io.weir.v1', type: 'status', data: new Uint8Array(10) } });
    for (let length = 1; length < whole.length; length++) expect(decodeAgentToServer(whole.subarray(0, length)).ok).toBe(false);
  });
  it('refuses giant lengths, long varints, groups and field number 0', () => {
    for (const hostile of [[0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f], [0x10, ...Array<number>(11).fill(0x80)], [0x0b], [0x00, 0x02, 0x01], [0x10, 0x80]])
      expect(decodeAgentToServer(Uint8Array.from(hostile))).toMatchObject({ ok: false, error: { code: 'opamp.malformed' } });
  });
  it('refuses health nested deeper than 32', () => {
    let health: Record<string, unknown> = {};
    for (let i = 0; i < 200; i++) health = { componentHealthMap: new Map([['x', health]]) };
    expect(decodeAgentToServer(encodeAgentToServer({ health }))).toMatchObject({ ok: false });
  });
});

describe('helpers', () => {
  it('converts instance uids', () => {
    const uid = Uint8Array.from({ length: 16 }, (_, i) => i * 16);
    expect(instanceUidFromHex(instanceUidToHex(uid))).toEqual(uid);
    expect(instanceUidFromHex('zz')).toBeNull();
  });
  it('shows attributes as text', () => {
    expect(attributesToText([{ key: 'pid', value: 12n }, { key: 'list', value: ['a', true] }])).toEqual({ pid: '12', list: '[a, true]' });
  });
});
