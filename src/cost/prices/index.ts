export { explainCost } from './explain-cost.ts';
export { isUnpriced, monthlyCost, monthsKept, perBytePerSecond, secondsPerMonth, type MonthlyCost, type MonthlyRate } from './monthly-cost.ts';
export { areStartingPrices, startingPrices } from './starting-prices.ts';
