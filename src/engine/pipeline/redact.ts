// The redact sink: scans Body (nested too) and all attributes of a record.
import type { Sink } from '../../kql/index.ts';
import type { Signal } from '../../model/index.ts';
import type { RecordEdit } from '../../otlp/index.ts';
import { CompileError, type Frame } from '../expr/index.ts';

export function compileRedaction(signal: Signal, sink: Extract<Sink, { sink: 'redact' }>): (frame: Frame) => RecordEdit | null {
  throw new CompileError(`redact(${sink.detectors.join(', ')}) on ${signal} is not bound yet.`, 'Wait for the scanner.');
}
