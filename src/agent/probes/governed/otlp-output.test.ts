import { expect, it } from 'vitest';
import { decodeRecords } from '../static/testing/static-ports.ts';
import { hitRecord, type HitSource } from './hit-record.ts';
import { otlpOutput } from './otlp-output.ts';
import { valueRedactor } from './redact-values.ts';
import { hit } from './testing/fake-mechanism.ts';
import { processOf } from './testing/probe-here.ts';

const sourceOf = (process: HitSource['process']): HitSource => ({ probe: { id: 'p1', name: 'tower-33' }, process, code: null, severityNumber: 9, message: null });
function told(process: HitSource['process']) {
  const requests: Uint8Array[] = [];
  const source = sourceOf(process);
  otlpOutput('h', (_, request) => { requests.push(request); }).records(source, [hitRecord(source, hit(), {}, valueRedactor(), 1n)]);
  return decodeRecords(requests[0]!)[0]!;
}

it('a record says of which service it is: as the process is called, else as its program is', () => {
  expect(told(processOf(7, { service: 'shop' })).resource).toEqual({ 'host.name': 'h', 'process.pid': 7, 'process.executable.name': 'node', 'service.name': 'shop' });
  expect(told(processOf(7, { service: null })).resource['service.name']).toBe('tower');
  expect(told(null).resource).toEqual({ 'host.name': 'h' });
});

it('and of which probe', () => { expect(told(processOf())).toMatchObject({ eventName: 'tower-33', attributes: { 'weir.probe.id': 'p1', 'weir.probe.name': 'tower-33' } }); });
