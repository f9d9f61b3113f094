// JSON formats are told by the first member that only one of them has; what stands before it is passed over, not parsed.
import type { ProfileFormat } from '../../model.ts';
import { FormatFault } from '../fault.ts';
import { JsonScanner } from '../json/index.ts';

export type JsonGuess = ProfileFormat | 'heap-snapshot' | 'unknown';

const byMember: Readonly<Record<string, JsonGuess>> = {
  traceEvents: 'chrome-trace', nodes: 'cpuprofile', timeDeltas: 'cpuprofile', resourceProfiles: 'otlp-profiles', shared: 'speedscope',
  profiles: 'speedscope', snapshot: 'heap-snapshot', $schema: 'speedscope',
};

/** A file that ends or goes wrong before it tells is `unknown`. */
export function sniffJson(bytes: Uint8Array): JsonGuess {
  const scanner = new JsonScanner(bytes);
  if (scanner.isArray) return 'chrome-trace';
  let guess: JsonGuess = 'unknown';
  try {
    scanner.members((key) => {
      if (guess === 'unknown' && key === 'head') guess = sniffHead(scanner);
      else if (guess === 'unknown' && Object.hasOwn(byMember, key)) guess = byMember[key]!;
      if (guess !== 'unknown') throw new FormatFault('unsupported', 'told');
      scanner.skip();
    });
  } catch (failed) {
    if (!(failed instanceof FormatFault)) throw failed;
  }
  return guess;
}

/** Profiles of Chrome before version 58 have a `head` as heap profiles do, but functions right in it. */
function sniffHead(scanner: JsonScanner): JsonGuess {
  let old = false;
  const within = new JsonScanner(scanner.bytes, scanner.at);
  try {
    within.members((key) => {
      if (key === 'functionName') old = true;
      if (old || key === 'callFrame') throw new FormatFault('unsupported', 'told');
      within.skip();
    });
  } catch (failed) {
    if (!(failed instanceof FormatFault)) throw failed;
  }
  return old ? 'cpuprofile' : 'heapprofile';
}
