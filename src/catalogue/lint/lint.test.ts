import { describe, expect, it } from 'vitest';
import type { LogInput, Value } from '../../otlp/index.ts';
import { newEventForTest } from '../testing/merged.ts';
import { conventionFor, conventions, deprecated, lint } from './index.ts';
import { eventNameFrom, isWellFormed, reformed } from './names.ts';
import { isUcum, ucumFor, unitInName } from './units.ts';

const linted = (attributes: Record<string, Value>, more: LogInput = {}, resource: Record<string, Value> = { 'service.name': 'shop' }) =>
  lint(newEventForTest(Array.from({ length: 10 }, () => ({ eventName: 'order.accepted', severityNumber: 9, attributes, ...more })), resource));
const told = (found: ReturnType<typeof lint>) => found.map((one) => [one.rule, one.field, one.suggestion]);

describe('the lint', () => {
  it('finds nothing wrong where nothing is', () => {
    expect(linted({ 'http.request.method': 'GET', 'http.response.status_code': 200, 'user.id': 'x', 'shop.order_lane': 'a', 'http.request.header.x-Trace': 'b' })).toEqual([]);
  });

  it('knows names that were given up, and what takes their place', () => {
    expect(told(linted({ 'http.method': 'GET', 'http.status_code': 200, 'http.url': 'u', 'db.statement': 's', 'db.system': 'x', 'code.filepath': 'f', 'enduser.id': 'e', 'net.peer.name': 'n', 'db.user': 'u' }))).toEqual([
      ['deprecated', 'http.method', 'http.request.method'], ['deprecated', 'http.status_code', 'http.response.status_code'], ['deprecated', 'http.url', 'url.full'], ['deprecated', 'db.statement', 'db.query.text'],
      ['deprecated', 'db.system', 'db.system.name'], ['deprecated', 'code.filepath', 'code.file.path'], ['deprecated', 'enduser.id', 'user.id'], ['deprecated', 'net.peer.name', 'server.address or client.address'], ['deprecated', 'db.user', null],
    ]);
    expect(told(linted({}, {}, { 'service.name': 'shop', 'deployment.environment': 'test' }))).toEqual([['deprecated', 'resource.deployment.environment', 'deployment.environment.name']]);
    expect(linted({ 'http.method': 'GET', 'http.request.method': 'GET' })[0]!.message).toContain('paid for twice');
  });

  it('knows look-alikes by their meaning', () => {
    expect(['userId', 'user_id', 'UserID', 'customerID', 'statusCode', 'http-method', 'userAgent', 'client_ip', 'stackTrace', 'env', 'toString', 'constructor'].map(conventionFor)).toEqual([
      'user.id', 'user.id', 'user.id', 'user.id', 'http.response.status_code', 'http.request.method', 'user_agent.original', 'client.address', 'exception.stacktrace', 'deployment.environment.name', null, null,
    ]);
    expect(told(linted({ userId: 'u' }))).toEqual([['look-alike', 'userId', 'user.id']]);
  });

  it('judges the form of names', () => {
    expect(told(linted({ OrderLane: 'a', durationMs: 5, 'otel.mine': 1 }))).toEqual([['name-form', 'OrderLane', 'order_lane'], ['unit-in-name', 'durationMs', 'duration'], ['reserved-namespace', 'otel.mine', 'mine']]);
    expect(isWellFormed('a.b_c.d2')).toBe(true);
    for (const name of ['A', 'a b', 'a..b', '.a', 'a_', 'a-b', '1a', '']) expect(isWellFormed(name), name).toBe(false);
    expect(['Order Lane', 'HTTPStatus', 'a..b', '№'].map(reformed)).toEqual(['order_lane', 'http_status', 'a.b', null]);
  });

  it('knows types', () => {
    expect(told(linted({ 'http.response.status_code': '200', 'server.port': 80 }))).toEqual([['type', 'http.response.status_code', 'long']]);
  });

  it('asks for an event’s name, its severity, and its service', () => {
    expect(told(linted({ 'code.file.path': 'src/a.ts', 'code.line.number': 4 }, { eventName: '', severityNumber: 0 }, {}))).toEqual([
      ['service-name', 'resource.service.name', 'service.name'], ['event-name', null, null], ['severity', null, 'SeverityNumber'],
    ]);
    expect(told(linted({}, { eventName: 'LogLaunch' }))).toEqual([['event-name-form', null, 'log_launch']]);
    expect(eventNameFrom('User <*> failed to pay order <*> in <*> ms', 'com.shop.Billing')).toBe('billing.user_failed_pay_order');
    expect(eventNameFrom('<*> <*>', undefined)).toBeNull();
  });

  it('judges names of spans', () => {
    const span = (durableId: string) => lint({ ...newEventForTest([{ eventName: 'x' }]), signal: 'spans', source: 'span-name', durableId }).map((one) => one.suggestion);
    expect(span('GET /users/4711')).toEqual(['GET /users/{id}']);
    expect(span('load 0f8fad5b-d9cb-469f-a165-70867728950e')[0]).toContain('{id}');
    expect(span('GET /users/{id}')).toEqual([]);
    expect(span('decade of feedbeef')).toEqual([]);
  });

  it('judges names and units of metrics', () => {
    const metric = (durableId: string, unit?: string) => lint({ ...newEventForTest([{ eventName: 'x' }]), signal: 'metrics', source: 'metric-name', durableId, unit }).map((one) => [one.rule, one.suggestion]);
    expect(metric('http.server.request.duration', 's')).toEqual([]);
    expect(metric('request_duration_ms', 'ms')).toEqual([['metric-unit-in-name', 'request_duration']]);
    expect(metric('queue.length', 'messages')).toEqual([['metric-unit', '{message}']]);
    expect(metric('queue.length')).toEqual([['metric-unit', '1']]);
    expect(metric('requests_total', '{request}')).toEqual([['metric-total', 'requests']]);
  });

  it('knows UCUM as far as telemetry uses it', () => {
    for (const unit of ['s', 'ms', 'By', 'KiBy', '1', '%', '{request}', 'By/s', '{request}/s', 'Cel', 'm/s2', 'h']) expect(isUcum(unit), unit).toBe(true);
    for (const unit of ['seconds', 'bytes', 'requests', 'MB', '', 'x'.repeat(100)]) expect(isUcum(unit), unit).toBe(false);
    expect(['seconds', 'Bytes', 'toString'].map(ucumFor)).toEqual(['s', 'By', null]);
    expect([unitInName('size_bytes')?.unit, unitInName('price_min'), unitInName('terms'), unitInName('heapKB')?.unit]).toEqual(['By', null, null, 'kBy']);
  });

  it('has tables that agree with themselves', () => {
    expect(deprecated.size).toBeGreaterThan(150);
    for (const [name, { by }] of deprecated) {
      expect(conventions.has(name), name).toBe(false);
      for (const one of by?.split(/ (?:or|and) /) ?? []) expect(isWellFormed(one), one).toBe(true);
    }
    for (const name of conventions.keys()) expect(isWellFormed(name), name).toBe(true);
  });
});
