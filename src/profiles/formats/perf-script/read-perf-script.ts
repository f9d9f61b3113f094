// `perf script` as text, with any fields that -F leaves in it: a header line a sample, its stack below from the leaf on, a blank line. Each
// thread is a thread; kernel frames have [kernel.kallsyms] as their file. https://man7.org/linux/man-pages/man1/perf-script.1.html
import type { Result } from '../../../base/index.ts';
import { ProfileBuilder } from '../../build/index.ts';
import type { Profile } from '../../model.ts';
import { FormatFault, guarded, paced } from '../fault.ts';
import { eachLine } from '../text/index.ts';
import { SampleLines } from './sample-lines.ts';

/** A line beyond this is no line of perf's. */
const maxLine = 64 * 1024;

/** Weights: samples, and each event's periods where the text has them (nanoseconds for the clocks). */
export function readPerfScript(bytes: Uint8Array, name: string, progress?: (share: number) => void): Result<Profile> {
  return guarded(name, 'the text of perf script', () => {
    const builder = new ProfileBuilder();
    const samples = new SampleLines(builder, bytes);
    const tell = paced(bytes.length, progress);
    eachLine(bytes, (from, to) => {
      tell(to);
      if (to - from > maxLine) builder.leaveOut('Lines longer than 64 KB, left out');
      else samples.line(from, to);
    });
    const defaultWeight = samples.finish();
    if (builder.sampleCount === 0) throw new FormatFault('empty', 'it holds no samples');
    return builder.finish({ format: 'perf-script', name, defaultWeight });
  });
}
