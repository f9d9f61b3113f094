// Measured figures, named with their unit, in words.
import { formatBytes, formatCount, formatDuration } from '../../../ui/index.ts';

const spaced = (name: string): string => name.replace(/([A-Z])/g, ' $1').toLowerCase().trim();

/** `pauseMs: 41` → "pause 41 ms"; `peakRssBytes` → "peak rss 96 MiB"; `samples` → "samples 912". */
export const figureWords = (figures: Readonly<Record<string, number>>): readonly string[] => Object.entries(figures).flatMap(([name, value]) => {
  if (name.startsWith('estimatedPause')) return [];
  if (name === 'pauseMs' && figures['estimatedPauseMs'] !== undefined) return `pause ${formatDuration(value)}, estimated ${formatDuration(figures['estimatedPauseMs'])}${figures['estimatedPauseMostMs'] === undefined ? '' : ` to ${formatDuration(figures['estimatedPauseMostMs'])}`}`;
  if (name.endsWith('Ms')) return `${spaced(name.slice(0, -2))} ${formatDuration(value)}`;
  if (name === 'bytes' || name.endsWith('Bytes')) return `${spaced(name === 'bytes' ? '' : name.slice(0, -5))} ${formatBytes(value)}`.trim();
  return `${spaced(name)} ${formatCount(value)}`;
});
