import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { RiskReport } from '../../../../rules/index.ts';
import { RiskView } from './risk-pane.tsx';

vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} });
afterEach(cleanup);

const report = (performance: number, measured: boolean): RiskReport => {
  const axis = (score: number, ...reasons: string[]) => ({ score, reasons });
  return { axes: { privacy: axis(1), security: axis(0, 'A query rule cannot start an action.'), reliability: axis(3, 'It takes errors away.'), cost: axis(2), performance: axis(performance, 'It reads every record.') }, overall: Math.max(3, performance), level: performance > 5 ? 'high' : 'low', measured };
};

it('explains each axis and says the same to those who do not see the chart', () => {
  render(<RiskView estimated={report(2, false)} measured={null} />);
  expect(screen.getByText('low 3')).toBeTruthy();
  expect(screen.getByRole('img', { name: /Estimated risk of 10: Privacy 1, Security 0, Reliability 3, Cost 2, Performance 2/ })).toBeTruthy();
  expect(screen.getByText('It takes errors away.')).toBeTruthy();
});

it('sets what was measured over what was estimated', () => {
  render(<RiskView estimated={report(2, false)} measured={report(7.25, true)} runs={{ version: 3, shadow: false }} />);
  const region = within(screen.getByRole('region', { name: 'Risk, axis by axis' }));
  expect(region.getByText('measured, estimated 2')).toBeTruthy();
  expect(screen.getByText('high 7.3')).toBeTruthy();
  expect(region.getAllByText('from the text').length).toBe(2);
  expect(screen.getByText('measured of version 3, which runs')).toBeTruthy();
});

it('waits for a text without errors', () => {
  render(<RiskView estimated={null} measured={null} />);
  expect(screen.getByText('Not judged yet')).toBeTruthy();
});

it('says of a score that is of an older text that it is', () => {
  render(<RiskView estimated={report(2, false)} measured={null} stale />);
  expect(screen.getByRole('status').textContent).toBe('From the text before your edit.');
  expect(screen.getByText('low 3')).toBeTruthy();
});
