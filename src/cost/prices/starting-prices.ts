// What the price table holds until somebody writes down their own: round values from the middle of public price lists (README.md).
import { priceTable, type PriceTable } from '../../model/index.ts';

export const startingPrices: PriceTable = {
  currency: 'USD',
  logs: { perGb: 0.5, perMillionRecords: 1, perGbMonthKept: 0.1, retentionDays: 30, includedDays: 30 },
  spans: { perGb: 0.3, perMillionRecords: 1, perGbMonthKept: 0.1, retentionDays: 30, includedDays: 30 },
  metrics: { perGb: null, perMillionRecords: null, perGbMonthKept: null, retentionDays: 395, includedDays: 395 },
  perSeriesMonth: 0.02,
  note: 'Examples from the middle of public price lists, not your contract: replace them with what you pay.',
};

/** Whether its figures are the examples still, whatever its note says. */
export const areStartingPrices = (table: PriceTable): boolean => JSON.stringify(priceTable.parse({ ...table, note: '' })) === JSON.stringify(priceTable.parse({ ...startingPrices, note: '' }));
