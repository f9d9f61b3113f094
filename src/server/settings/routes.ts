import { ok } from '../../base/index.ts';
import { costSettings, type CostSettings } from '../../model/index.ts';
import { record } from '../audit/index.ts';
import { route, type Route } from '../http/route.ts';
import type { Store, StoreParts } from '../store/index.ts';

const key = 'cost';
/** Nobody has said yet what telemetry costs. */
const unsaid: CostSettings = { pricePerGiB: null, currency: 'EUR' };

export const settingsRoutes = ({ store, now }: { readonly store: Store; readonly now: () => string }): Route[] => [
  route({ method: 'GET', path: '/settings/cost', tag: 'settings', summary: 'What a GiB of telemetry costs', status: 200, response: costSettings, problems: [],
    handle: async () => ok(await readCost(store)) }),
  route({ method: 'PUT', path: '/settings/cost', tag: 'settings', summary: 'Say what a GiB of telemetry costs; null for unknown', body: costSettings, status: 200, response: costSettings, problems: [],
    handle: async ({ body, principal }) => {
      await store.transaction(async (parts) => {
        const before = await readCost(parts);
        if (before.pricePerGiB === body.pricePerGiB && before.currency === body.currency) return;
        await parts.settings.set(key, JSON.stringify(body));
        await record(parts, principal, now(), { action: 'settings.cost', subject: 'settings:cost', before, after: body });
      });
      return ok(body);
    } }),
];

async function readCost({ settings }: Pick<StoreParts, 'settings'>): Promise<CostSettings> {
  const stored = await settings.get(key);
  return stored === null ? unsaid : costSettings.parse(JSON.parse(stored));
}
