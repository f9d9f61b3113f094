/** Where records go that no rule routes elsewhere, and what rules make: metrics, and records that were held. */
export const defaultExporter = 'default';
