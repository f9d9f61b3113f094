// Points to a report: per axis the sum, at most 10, with the heaviest reason first.
import { riskAxes, type RiskAxis, type RiskReport } from '../types.ts';
import type { RiskPoint } from './factors.ts';

const maxScore = 10;

export function reportOf(points: readonly RiskPoint[], measured: boolean): RiskReport {
  const axes = Object.fromEntries(riskAxes.map((axis) => [axis, axisOf(points.filter((point) => point.axis === axis))])) as Record<RiskAxis, { score: number; reasons: readonly string[] }>;
  const overall = Math.max(...riskAxes.map((axis) => axes[axis].score));
  return { axes, overall, level: overall <= 3 ? 'low' : overall <= 6 ? 'medium' : 'high', measured };
}

function axisOf(points: readonly RiskPoint[]): { score: number; reasons: readonly string[] } {
  const sum = points.reduce((total, { points: some }) => total + some, 0);
  const reasons = points.toSorted((a, b) => b.points - a.points).map(({ reason }) => reason);
  return { score: Math.max(0, Math.min(maxScore, Math.round(sum * 10) / 10)), reasons: reasons.length > 0 ? [...new Set(reasons)] : ['Nothing in the rule adds to it.'] };
}
