// How sure a share is that samples tell. Samples of a profiler are not quite independent, so this is the least there is to doubt.

/** Of the standard normal distribution, two-sided 95 %. */
const z = 1.959964;

/**
 * The 95 % margin of a share (0..1) seen in `samples` samples, in points: the greater distance to an end of the Wilson score interval
 * (E. B. Wilson, 1927), which unlike the plain normal one stays honest near 0 and 1 and for few samples. 100 points at most.
 */
export function confidence(share: number, samples: number): number {
  const p = Math.min(1, Math.max(0, share));
  if (!(samples > 0)) return 100 * Math.max(p, 1 - p);
  const spread = 1 + (z * z) / samples;
  const centre = (p + (z * z) / (2 * samples)) / spread;
  const half = (z / spread) * Math.sqrt((p * (1 - p)) / samples + (z * z) / (4 * samples * samples));
  return 100 * Math.max(p - Math.max(0, centre - half), Math.min(1, centre + half) - p);
}
