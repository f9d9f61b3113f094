// Figures as people read them, the same in suggestions, explanations and tables.

/** Three digits, with thousands parted: 12,300; 4.56; 0.0123. */
export function amount(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return '0';
  const size = Math.floor(Math.log10(Math.abs(value)));
  if (size >= 3) return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, ',');
  return String(Number(value.toPrecision(3)));
}

/** `12.30 USD`; below a cent three digits. */
export const money = (value: number, currency: string): string => `${Math.abs(value) >= 0.01 || value === 0 ? withCents(value) : amount(value)} ${currency}`;

const withCents = (value: number): string => {
  const [whole = '0', cents = '00'] = value.toFixed(2).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
};

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes with a decimal unit, as vendors bill. */
export function bytes(value: number): string {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(value))) / 3)));
  return `${amount(value / 1000 ** step)} ${units[step]!}`;
}

export const percent = (share: number): string => `${(share * 100).toFixed(share >= 0.1 ? 0 : 1)} %`;
