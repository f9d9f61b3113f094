// An amount of money a month; a dash while nothing was measured. Pure.
const places = new Map<string, Intl.NumberFormat>();

function printer(currency: string): Intl.NumberFormat | null {
  const known = places.get(currency);
  if (known !== undefined) return known;
  try {
    const made = new Intl.NumberFormat('en', { style: 'currency', currency });
    places.set(currency, made);
    return made;
  } catch { return null; }
}

/** A team may have a currency that no standard knows: then its word stands behind the number. */
export const money = (amount: number | null, currency: string): string => (amount === null ? '–' : printer(currency)?.format(amount) ?? `${amount.toFixed(2)} ${currency}`);
