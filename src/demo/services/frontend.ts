// frontend: pages. Its LogLaunch is the chatty event that a rule turns into a metric.
import { code, pick } from '../chance.ts';
import { runService } from '../service.ts';

const devices = ['phone', 'desktop', 'tablet'] as const;

runService('frontend', '4.12.0', { product: '/product/:id', cart: '/cart', checkout: '/checkout' }, ({ log, call, faultOn }) => async (route, url) => {
  const device = pick(devices);
  const tier = Math.random() < 0.8 ? 'web' : 'app';
  const launches = faultOn('chatty-log') ? 8 : 1;
  for (let i = 0; i < launches; i++) {
    log('info', `app launched ${route} on ${device}`, { 'http.route': route, tier, device, 'session.id': code('s_', 8), 'screen.width': pick([390, 1280, 1440, 1920]) }, { event: 'LogLaunch' });
  }
  log('debug', `rendered ${route} in ${(Math.random() * 30).toFixed(1)} ms`, { 'http.route': route, 'render.cached': Math.random() < 0.6 }, { file: 'frontend/src/ssr/render.ts', line: 212 });
  if (route === '/product/:id') log('info', `viewed ${url.pathname}`, { sku: url.pathname.split('/')[2] ?? '', tier }, { event: 'ProductViewed' });
  if (route === '/cart') await call('cart', `/add${url.search}`);
  if (route === '/checkout') await call('checkout', '/order');
  return 200;
});
