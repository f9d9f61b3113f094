// The document holds what is measured now, and what is measured is as good as the project promises.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generators } from '../generate/index.ts';
import { detectorList } from '../index.ts';
import { detectorsDocument, measure } from './index.ts';

const { rows } = measure();

test('DETECTORS.md is up to date (node src/redaction/accuracy/write-table.ts rewrites it)', () => {
  expect(readFileSync(new URL('../DETECTORS.md', import.meta.url), 'utf8')).toBe(detectorsDocument());
});

test('every detector is measured, once', () => {
  expect(generators.map((one) => one.detector).toSorted()).toEqual(detectorList.map((one) => one.name).toSorted());
  expect(rows.filter((row) => row.samples === 0)).toEqual([]);
});

test('no secret of any detector stays in clear', () => {
  expect(rows.filter((row) => row.found + row.misnamed < row.samples)).toEqual([]);
});

test('nine in ten are named right', () => {
  expect(rows.filter((row) => row.found < row.samples * 0.9)).toEqual([]);
});

test('where there is nothing, next to nothing is found', () => {
  expect(rows.filter((row) => row.wrong > row.samples * 0.02)).toEqual([]);
});
