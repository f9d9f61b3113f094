// Draws the whole console at an address. The caller runs the mock server (mocks/, createMockServer).
import { createMemoryHistory } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { App } from '../../src/console/app/index.ts';
import { useConnection } from '../../src/console/api/index.ts';
import { endCapture, usePreferences, useToasts } from '../../src/console/state/index.ts';

/** `address` is path and search: "/fleet?agent=1". Stores that outlive a page start fresh. */
export function renderConsole(address: string) {
  usePreferences.setState({ theme: 'dark', timeZone: 'utc', paneSizes: {} });
  useToasts.setState({ toasts: [] });
  endCapture();
  useConnection.setState({ status: 'connecting', lostSinceMs: null, outage: null, roundTripMs: null });
  const history = createMemoryHistory({ initialEntries: [address] });
  return { history, user: userEvent.setup(), ...render(<App history={history} />) };
}
